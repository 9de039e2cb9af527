package io.reconciler.store;

import java.time.Duration;

/**
 * How many requests a base gets in any sliding period.
 *
 * @param permits requests in a period
 * @param period the period
 */
public record RequestRate(int permits, Duration period) {

  private static final long SECOND = 1000;

  /** The rate for a time per request: 200 ms is 5 in a second, 2,000 ms is 1 in two seconds. */
  public static RequestRate of(Duration perRequest) {
    long millis = perRequest.toMillis();
    return new RequestRate(
        (int) Math.max(1, SECOND / millis), Duration.ofMillis(Math.max(SECOND, millis)));
  }
}
