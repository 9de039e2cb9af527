package io.reconciler.side.postgres.permit;

import java.time.Duration;

/**
 * How many requests a base gets in any sliding period.
 *
 * @param permits requests in a period
 * @param period the period
 */
public record RequestRate(int permits, Duration period) {

  /** What Airtable allows a base, and all bases of a token together. */
  private static final int AIRTABLES = 5;

  private static final int TOKENS = 50;
  private static final long SECOND = 1000;

  /**
   * A request arrives up to 80 ms after it was sent; the rest is what a busy machine needs between
   * looking at its clock and sending.
   */
  static final Duration MARGIN = Duration.ofMillis(90);

  /** The rate for a time per request: 200 ms is 5 in a second, 2,000 ms is 1 in two seconds. */
  public static RequestRate of(Duration perRequest) {
    long millis = perRequest.toMillis();
    return new RequestRate(
        (int) Math.max(1, SECOND / millis), Duration.ofMillis(Math.max(SECOND, millis)));
  }

  /** Requests of the token in a period, over all bases; 0 where the server is not Airtable. */
  public int tokenPermits() {
    return permits <= AIRTABLES ? TOKENS : 0;
  }

  /**
   * How long after the answer a permit is free again, whose request was sent so long before the
   * answer: one period after the sending, and later by as long as the request may have been on its
   * way. That is less than the margin, and less than it took to be answered.
   */
  public Duration freeAfter(Duration sentBefore) {
    Duration way = sentBefore.compareTo(MARGIN) < 0 ? sentBefore : MARGIN;
    Duration left = period.plus(way).minus(sentBefore);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
