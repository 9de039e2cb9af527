package io.reconciler.engine.run;

import io.reconciler.engine.failure.RunFailedException;
import java.time.Duration;

/**
 * How long runs may last: one that is held up must not keep the next ones from starting. Pure.
 *
 * @param usual of a run of a window
 * @param full of a run that lists every record
 */
public record RunDeadline(Duration usual, Duration full) {

  private static final Duration SHORTEST = Duration.ofMinutes(30);
  private static final Duration LONGEST = Duration.ofDays(1);

  /** Twice the time between two runs of each kind, within bounds. */
  public static RunDeadline of(Duration period, Duration sweepPeriod) {
    return new RunDeadline(twice(period), twice(sweepPeriod));
  }

  /**
   * Makes sure that a run has time left.
   *
   * @throws RunFailedException when its time is over, with what it was waiting for
   */
  void ensureLeft(Run run) {
    Duration most = run.listsAll() ? full : usual;
    if (run.shared().lasts().compareTo(most) > 0) {
      throw new RunFailedException(
          "the run did not end within its "
              + most.toMinutes()
              + " minutes; at last it waited for "
              + run.waitsFor()
              + " ("
              + run.counts().requests()
              + " requests, "
              + run.counts().waits()
              + " pauses for Airtable's rate limit)");
    }
  }

  private static Duration twice(Duration period) {
    Duration twice = period.multipliedBy(2);
    Duration least = twice.compareTo(SHORTEST) < 0 ? SHORTEST : twice;
    return least.compareTo(LONGEST) > 0 ? LONGEST : least;
  }
}
