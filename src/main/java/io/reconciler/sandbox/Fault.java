package io.reconciler.sandbox;

import io.reconciler.sandbox.table.ErrorReply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that goes wrong with a request.
 *
 * @param kind what goes wrong
 * @param status of the answer, for {@link Kind#ANSWER}
 * @param body of the answer, for {@link Kind#ANSWER}
 * @param headers of the answer, for {@link Kind#ANSWER}
 * @param delay how much later the answer comes
 * @param times how many requests meet it
 */
public record Fault(
    Kind kind, int status, String body, Map<String, String> headers, Duration delay, int times) {

  public enum Kind {
    /** Answered with the given status, headers and body; nothing is done. */
    ANSWER,
    /** The connection ends; nothing is done. */
    DROP_BEFORE,
    /** The request is carried out, then the connection ends without an answer. */
    DROP_AFTER,
    /** The request is carried out, half of the answer is sent, then the connection ends. */
    TRUNCATE,
    /** The request is carried out and answered late. */
    DELAY
  }

  private static final String JSON = "application/json; charset=utf-8";
  private static final String PAGE =
      "<!DOCTYPE html><html><body><h1>One moment, please</h1></body></html>";

  public Fault {
    headers = Map.copyOf(headers);
  }

  private static Fault of(Kind kind) {
    return new Fault(kind, 0, "", Map.of(), Duration.ZERO, 1);
  }

  /** Answers one request with that status and body, as JSON unless a header says otherwise. */
  public static Fault answer(int status, String body) {
    Map<String, String> headers = Map.of("Content-Type", JSON);
    return new Fault(Kind.ANSWER, status, body, headers, Duration.ZERO, 1);
  }

  /** Answers one request with an HTML page and status 200, as a proxy in between would. */
  public static Fault html() {
    return html(200);
  }

  /** Answers one request with an HTML page and that status. */
  public static Fault html(int status) {
    return answer(status, PAGE).withHeader("Content-Type", "text/html; charset=utf-8");
  }

  /** Answers one request as if the listing had been forgotten. */
  public static Fault expiredIterator() {
    return answer(422, ErrorReply.iteratorGone().body().toString());
  }

  /** Answers one request with Airtable's own 429, without a lock-out. */
  public static Fault rateLimited() {
    return answer(429, ErrorReply.rateLimited().body().toString());
  }

  /** Answers one request with Airtable's own 503, which is safe to repeat. */
  public static Fault unavailable() {
    return answer(
        503,
        "{\"error\":{\"type\":\"RETRIABLE_ERROR\",\"message\":\"Server encountered an error while"
            + " processing your request, and it is safe to retry the request\"}}");
  }

  /** Ends one connection before anything is done. */
  public static Fault dropBefore() {
    return of(Kind.DROP_BEFORE);
  }

  /** Carries out one request and then ends the connection. */
  public static Fault dropAfter() {
    return of(Kind.DROP_AFTER);
  }

  /** Carries out one request and sends half of the answer. */
  public static Fault truncated() {
    return of(Kind.TRUNCATE);
  }

  /** Carries out one request and answers that much later, in real time. */
  public static Fault delayed(Duration delay) {
    return new Fault(Kind.DELAY, 0, "", Map.of(), delay, 1);
  }

  /** The same with that header. */
  public Fault withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Fault(kind, status, body, more, delay, times);
  }

  /** The same for that many requests. */
  public Fault times(int count) {
    return new Fault(kind, status, body, headers, delay, count);
  }

  /** The same for every request from now on. */
  public Fault always() {
    return times(Integer.MAX_VALUE);
  }
}
