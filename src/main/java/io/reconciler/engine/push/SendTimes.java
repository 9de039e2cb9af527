package io.reconciler.engine.push;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long what was read of a record is good enough to send a change of it, and how long to wait
 * after an attempt that failed.
 */
public final class SendTimes {

  /** An edit made in Airtable after a read that is older than this must not be overwritten. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Duration fresh;
  private final Duration firstPause;

  /**
   * At this pace of a base.
   *
   * @param perRequest a request of the base can't come sooner after another, so that at a slow pace
   *     a read has to be good for longer
   * @param firstPause it doubles each time, give or take half
   */
  public SendTimes(Duration perRequest, Duration firstPause) {
    Duration next = perRequest.plusSeconds(1);
    this.fresh = next.compareTo(FRESH) > 0 ? next : FRESH;
    this.firstPause = firstPause;
  }

  /** Until when a change may be sent that was decided on a read of that moment. */
  Instant sendBefore(Instant read) {
    return read.isAfter(Instant.MAX.minus(fresh)) ? read : read.plus(fresh);
  }

  /** The pause after the nth attempt that failed. */
  Duration pause(int failures) {
    long millis = firstPause.toMillis() << Math.min(failures - 1, 10);
    long least = Math.min(millis, LONGEST_PAUSE.toMillis()) / 2;
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(least, least * 3 + 1));
  }
}
