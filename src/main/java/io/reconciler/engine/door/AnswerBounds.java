package io.reconciler.engine.door;

import io.reconciler.engine.process.Daemons;
import io.reconciler.side.airtable.UnusableAnswerException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what a server may answer: bytes, unpacked, and the time from the request to the answer's
 * last byte, however steadily they trickle. Outermost in the client, so that it counts what has
 * been unpacked.
 */
final class AnswerBounds implements ExecChainHandler {

  private static final Set<String> UNPACKED = Set.of("gzip", "x-gzip", "deflate", "identity", "");
  private static final String OFFERED = "gzip, x-gzip, deflate";
  private static final int MOST_CONNECTIONS = 20;
  private static final int LONGEST_HEADER = 64 * 1024;
  private static final int MOST_HEADERS = 200;

  private static final ScheduledExecutorService CLOCK = Daemons.clock("answer-deadlines");

  private final long mostBytes;
  private final Duration longest;

  AnswerBounds(long mostBytes, Duration longest) {
    this.mostBytes = mostBytes;
    this.longest = longest;
  }

  /** Has a client keep to them; headers are bounded by its connections. */
  HttpClientBuilder hold(HttpClientBuilder client) {
    return client
        .setConnectionManager(connections())
        .addExecInterceptorFirst("bounds", this)
        .addResponseInterceptorFirst((response, entity, context) -> refuseEncoded(response));
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Deadline deadline = new Deadline(scope);
    deadline.start();
    boolean reads = false;
    // The client would offer whatever it finds a library for.
    request.setHeader("Accept-Encoding", OFFERED);
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      // What the client has unpacked must not be taken for packed again.
      response.removeHeaders("Content-Encoding");
      HttpEntity entity = response.getEntity();
      if (entity != null) {
        response.setEntity(new BoundedEntity(entity, mostBytes, deadline));
        reads = true;
      }
      return response;
    } catch (UnusableAnswerException e) {
      deadline.cutOff();
      throw e;
    } catch (MessageConstraintException e) {
      throw new UnusableAnswerException("has headers that are too long or too many");
    } catch (IOException e) {
      throw deadline.explain(e);
    } finally {
      if (!reads) {
        deadline.end();
      }
    }
  }

  // The client's own has no bound for headers.
  private static HttpClientConnectionManager connections() {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnTotal(MOST_CONNECTIONS)
        .setMaxConnPerRoute(MOST_CONNECTIONS)
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                    Http1Config.custom()
                        .setMaxLineLength(LONGEST_HEADER)
                        .setMaxHeaderCount(MOST_HEADERS)
                        .build())
                .build())
        .build();
  }

  // What the client does not unpack, somebody later would without a bound.
  private static void refuseEncoded(HttpResponse response) throws IOException {
    for (Header header : response.getHeaders("Content-Encoding")) {
      for (String packing : header.getValue().split(",", -1)) {
        if (!UNPACKED.contains(packing.strip().toLowerCase(Locale.ROOT))) {
          throw new UnusableAnswerException("is packed in a way that was not asked for");
        }
      }
    }
  }

  /** Cuts the connection off when an answer takes too long. */
  final class Deadline {

    private final ExecChain.Scope scope;
    private volatile boolean over;
    private volatile @Nullable Future<?> alarm;

    Deadline(ExecChain.Scope scope) {
      this.scope = scope;
    }

    void start() {
      alarm =
          CLOCK.schedule(
              () -> {
                over = true;
                cutOff();
              },
              longest.toMillis(),
              TimeUnit.MILLISECONDS);
    }

    void end() {
      Future<?> waiting = alarm;
      if (waiting != null) {
        waiting.cancel(false);
      }
    }

    void cutOff() {
      scope.execRuntime.discardEndpoint();
    }

    /** The failure as it is, or that the time was over. */
    IOException explain(IOException failure) {
      boolean ours = over && !(failure instanceof UnusableAnswerException);
      return ours ? tooSlow() : failure;
    }

    void check() throws IOException {
      if (over) {
        throw tooSlow();
      }
    }

    private UnusableAnswerException tooSlow() {
      return new UnusableAnswerException(
          "was not there as a whole after " + longest.toMillis() + " ms");
    }
  }
}
