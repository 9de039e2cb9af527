package io.reconciler.sandbox.http;

import java.util.Map;

/**
 * An answer, and how it is to be sent.
 *
 * @param status the HTTP status
 * @param headers besides Date, Content-Length, Content-Encoding and Connection, which the server
 *     sets
 * @param body the bytes before any compression
 * @param delivery whether the client gets all of it
 */
@SuppressWarnings("ArrayRecordComponent") // an answer is never compared
public record Reply(int status, Map<String, String> headers, byte[] body, Delivery delivery) {

  /** How much of an answer reaches the client. */
  public enum Delivery {
    /** Everything. */
    WHOLE,
    /** All headers and half of the body, then the connection ends. */
    TRUNCATED,
    /** Nothing: the connection ends. */
    DROPPED
  }

  /** Returns an answer that is sent whole. */
  public static Reply of(int status, Map<String, String> headers, byte[] body) {
    return new Reply(status, headers, body, Delivery.WHOLE);
  }

  /** Returns no answer at all: the client sees the connection end. */
  public static Reply dropped() {
    return new Reply(0, Map.of(), new byte[0], Delivery.DROPPED);
  }

  /** Returns this answer, sent only half. */
  public Reply truncated() {
    return new Reply(status, headers, body, Delivery.TRUNCATED);
  }
}
