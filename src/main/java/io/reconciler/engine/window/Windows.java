package io.reconciler.engine.window;

import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.Trigger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a run's windows start. Pure. */
public final class Windows {

  /** How far a watermark is taken back: clocks and rounding must not lose an edit. */
  public static final Duration OVERLAP = Duration.ofMinutes(2);

  private static final Duration LONGEST_OPEN = Duration.ofDays(1);

  private Windows() {}

  /**
   * The start of stage 1's window: N minutes ago; for a scheduled run, and for the first one after
   * a restore, also never later than the watermark less the overlap.
   *
   * @param doubted whether what was agreed on came from a backup
   * @param now on Airtable's clock
   */
  public static Instant pullStart(
      RunRequest request, boolean doubted, Instant now, @Nullable Instant pulledUntil) {
    Instant start = now.minus(Duration.ofMinutes(request.minutes()));
    if ((request.trigger() != Trigger.SCHEDULE && !doubted) || pulledUntil == null) {
      return start;
    }
    return earlier(start, pulledUntil.minus(OVERLAP));
  }

  /**
   * Whether everything up to now is known to be pulled when this window is done: it has to reach
   * behind the watermark by the overlap, as a scheduled one does.
   */
  public static boolean coversPull(
      RunRequest request, Instant start, @Nullable Instant pulledUntil) {
    return request.full() || (pulledUntil != null && !start.isAfter(pulledUntil.minus(OVERLAP)));
  }

  /**
   * The start of stage 2's window: N minutes ago or the push watermark, whichever is earlier; a
   * full sweep looks at every lead, and so does a scheduled run while no stage 2 has ever finished.
   */
  public static Instant pushStart(RunRequest request, Watermark watermark) {
    boolean neverFinished = watermark.pushedUntil() == null;
    if (request.full() || (neverFinished && request.trigger() == Trigger.SCHEDULE)) {
      return Instant.EPOCH;
    }
    Instant start = watermark.databaseNow().minus(Duration.ofMinutes(request.minutes()));
    return watermark.pushedUntil() == null ? start : earlier(start, watermark.pushedUntil());
  }

  /**
   * The point up to which a finished stage 2 has considered every change: not beyond the beginning
   * of a transaction that is still open, for what it changes bears that time. One that nobody ends
   * does not hold it longer than a day.
   */
  public static Instant pushCovered(Watermark watermark, Duration grace) {
    Instant now = watermark.databaseNow();
    Instant open = watermark.oldestOpen() == null ? now : watermark.oldestOpen();
    Instant since = open.isBefore(now.minus(LONGEST_OPEN)) ? now.minus(LONGEST_OPEN) : open;
    return earlier(now.minus(grace), since).minus(OVERLAP);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
