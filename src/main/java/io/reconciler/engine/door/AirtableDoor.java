package io.reconciler.engine.door;

import io.reconciler.engine.run.RequestListener;
import io.reconciler.engine.run.Run;
import io.reconciler.settings.BaseTokens;
import io.reconciler.settings.Secret;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRequest;
import io.reconciler.side.airtable.AnswerMeaning;
import io.reconciler.side.postgres.DatabaseAway;
import io.reconciler.side.postgres.permit.RequestPermits;
import io.reconciler.side.postgres.permit.RequestPermits.Permit;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of the one route that calls Airtable: what is sent, and what the answer means. */
public final class AirtableDoor {

  static final String REQUEST = "airtableRequest";
  static final String ATTEMPT = "airtableAttempt";

  /** Camel counts the attempts at a request in a header of the message. */
  private static final String ATTEMPTS = Exchange.REDELIVERY_COUNTER;

  static final int LONGEST_RATE_LIMIT = AnswerMeaning.LONGEST_RATE_LIMIT;

  private static final Logger LOG = LoggerFactory.getLogger(AirtableDoor.class);

  private final URI api;
  private final Secret token;
  private final BaseTokens baseTokens;
  private final DoorPermits permits;
  private final Duration pause;
  private final Clock clock;
  private final List<RequestListener> listeners;
  private final LongSupplier ticks;
  private final ThreadLocal<Leaving> leaving = new ThreadLocal<>();

  /** What this thread is about to send. */
  private record Leaving(AirtableRequest request, AirtableAttempt attempt) {}

  /**
   * For the API at this address; {@code pause} is what a 429 without Retry-After costs, and {@code
   * ticks} a counter of nanoseconds that nobody sets.
   */
  public AirtableDoor(
      URI api,
      Secret token,
      BaseTokens baseTokens,
      RequestPermits permits,
      Duration pause,
      Clock clock,
      LongSupplier ticks,
      List<RequestListener> listeners) {
    this.api = api;
    this.token = token;
    this.baseTokens = baseTokens;
    this.permits = new DoorPermits(permits, clock);
    this.pause = pause;
    this.clock = clock;
    this.ticks = ticks;
    this.listeners = List.copyOf(listeners);
  }

  public void open(Exchange exchange) {
    Integer earlier = exchange.getMessage().getHeader(ATTEMPTS, Integer.class);
    exchange.setProperty(ATTEMPT, new AirtableAttempt(earlier, clock.instant()));
  }

  /**
   * Asks for a permit.
   *
   * @throws AirtableException.TooLate when the request must not go any more, or will not by the
   *     time that there may be one
   */
  public void take(Exchange exchange) {
    ensureInTime(exchange, Duration.ZERO);
    Permit permit = permits.take(request(exchange).baseId(), inRun(exchange));
    attempt(exchange).permit(permit);
    if (!permit.granted()) {
      ensureInTime(exchange, permit.delay());
    }
  }

  /**
   * Looks at the pause of the base once more, after the wait for a turn in this process: takes an
   * unshared permit away when there has been a 429 in the meantime. There are always more of them,
   * so that many requests may be waiting for their turn; the database lends few.
   */
  public void keepPause(Exchange exchange) {
    if (attempt(exchange).isUnshared()) {
      attempt(exchange).permit(permits.unshared(request(exchange).baseId()));
    }
  }

  /** Puts the request into the message, and nothing else that anybody left there. */
  public void send(Exchange exchange) {
    AirtableRequest request = request(exchange);
    Message message = exchange.getMessage();
    message.removeHeaders("*", ATTEMPTS);
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    message.setHeader(Exchange.HTTP_URI, api + request.path() + query);
    message.setHeader(Exchange.HTTP_METHOD, request.method());
    message.setHeader("Authorization", "Bearer " + token(request).reveal());
    message.setHeader("Accept", "application/json");
    if (request.body() != null) {
      message.setHeader(Exchange.CONTENT_TYPE, "application/json; charset=utf-8");
    }
    message.setBody(request.body());
    Run run = run(exchange);
    if (run != null) {
      run.counts().request();
    }
    attempt(exchange).sent(clock.instant());
    leaving.set(new Leaving(request, attempt(exchange)));
  }

  /**
   * Makes sure for the last time, where the request of this thread is written to its connection,
   * that it may still go.
   *
   * @throws AirtableException.TooLate when it may not
   */
  public void ensureInTime() {
    Leaving next = leaving.get();
    if (next != null) {
      ensureInTime(next.request(), clock.instant());
      next.attempt().leaves(ticks.getAsLong());
    }
  }

  private Secret token(AirtableRequest request) {
    return Objects.requireNonNullElse(baseTokens.of(request.baseId()), token);
  }

  /** Whether a request may go again after such a failure, which our database may have had. */
  public boolean isToBeSentAgain(AirtableRequest request, Throwable failure) {
    return request.isRepeatable() && !DatabaseAway.isDatabase(failure);
  }

  /** Gives the permit back, answered or not. */
  public void giveBack(Exchange exchange) {
    leaving.remove();
    Duration sentBefore = attempt(exchange).sentBefore(ticks.getAsLong());
    tell(exchange);
    Permit permit = attempt(exchange).giveBack();
    exchange.getMessage().removeHeader("Authorization");
    // An answer that breaks off leaves a message without headers: Camel would count from 0 again.
    exchange.getMessage().setHeader(ATTEMPTS, attempt(exchange).earlierAttempts());
    if (permit != null) {
      permits.release(request(exchange).baseId(), permit, sentBefore, inRun(exchange));
    }
  }

  /**
   * Takes the answer: the body becomes an {@link AirtableAnswer}, or, after a 429, the base pauses
   * and the attempt stays open; a request that is to be sent only once is given up instead.
   *
   * @throws AirtableException when it is an error
   */
  public void receive(Exchange exchange) {
    Message message = exchange.getMessage();
    int status = status(message, 0);
    byte[] body = message.getBody(byte[].class);
    AirtableRequest request = request(exchange);
    String retryAfter = message.getHeader("Retry-After", String.class);
    String date = message.getHeader("Date", String.class);
    message.removeHeaders("*", ATTEMPTS);
    AirtableAnswer answer =
        AnswerMeaning.read(request, status, body == null ? new byte[0] : body, date);
    if (answer == null) {
      rateLimited(exchange, AnswerMeaning.pause(retryAfter, clock.instant(), pause));
    } else {
      attempt(exchange).answered();
      message.setBody(answer.asked(attempt(exchange).left()));
    }
  }

  private void rateLimited(Exchange exchange, Duration wait) {
    AirtableRequest request = request(exchange);
    Run run = run(exchange);
    if (run != null) {
      run.counts().rateLimited();
    }
    if (attempt(exchange).rateLimited() > LONGEST_RATE_LIMIT) {
      throw AnswerMeaning.stillRateLimited(request);
    }
    LOG.warn(
        "Airtable answered 429: the base {} pauses for {} ms", request.baseId(), wait.toMillis());
    boolean lowered = permits.pause(request.baseId(), wait, inRun(exchange));
    if (lowered && (run == null || run.counts().isFirstLowering())) {
      LOG.warn(
          "Airtable answered 429 although its limit was kept: half the pace for base {} for 10"
              + " minutes, then more again; a smaller plan, or another program, may be why",
          request.baseId());
    }
    if (!request.isRepeatable()) {
      throw AnswerMeaning.stillRateLimited(request);
    }
  }

  private void ensureInTime(Exchange exchange, Duration wait) {
    ensureInTime(request(exchange), clock.instant().plus(wait));
  }

  private static void ensureInTime(AirtableRequest request, Instant at) {
    if (request.sendBefore() != null && at.isAfter(request.sendBefore())) {
      throw new AirtableException.TooLate(request);
    }
  }

  // Sending has taken all headers away: a status is this request's, or there is none.
  private void tell(Exchange exchange) {
    int status = status(exchange.getMessage(), RequestListener.NO_ANSWER);
    AirtableAttempt attempt = attempt(exchange);
    Duration took = attempt.took(clock.instant());
    for (RequestListener listener : listeners) {
      listener.answered(request(exchange), run(exchange), status, attempt.waited(), took);
    }
  }

  private static int status(Message message, int otherwise) {
    Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    return status == null ? otherwise : status;
  }

  private static boolean inRun(Exchange exchange) {
    return run(exchange) != null;
  }

  private static @Nullable Run run(Exchange exchange) {
    return exchange.getProperty("run", Run.class);
  }

  private static AirtableRequest request(Exchange exchange) {
    return Objects.requireNonNull(exchange.getProperty(REQUEST, AirtableRequest.class), REQUEST);
  }

  private static AirtableAttempt attempt(Exchange exchange) {
    return Objects.requireNonNull(exchange.getProperty(ATTEMPT, AirtableAttempt.class), ATTEMPT);
  }
}
