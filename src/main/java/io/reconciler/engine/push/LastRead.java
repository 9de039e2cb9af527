package io.reconciler.engine.push;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The read that everything in the outbox was decided on: until when it is good enough to send, and
 * whether reads come soon enough at all. Guarded by the outbox.
 */
final class LastRead {

  /**
   * After so many reads in a row that were too old for anything, a read is as old as its answer.
   */
  private static final int SLOW = 3;

  /** After so many, what is left waits for the next run. */
  private static final int HOPELESS = 6;

  private final SendTimes times;
  private final Clock clock;
  private @Nullable Instant sendBefore;
  private boolean inVain;
  private int tooOld;

  LastRead(SendTimes times, Clock clock) {
    this.times = times;
    this.clock = clock;
  }

  /** The records were read, by requests that left then. */
  void read(Instant asked) {
    tooOld = inVain ? tooOld + 1 : 0;
    inVain = true;
    sendBefore = times.sendBefore(tooOld < SLOW ? asked : clock.instant());
  }

  boolean isGood() {
    return sendBefore != null && !clock.instant().isAfter(sendBefore);
  }

  /** The moment before which a batch has to leave. */
  Instant sendBefore() {
    return sendBefore == null ? Instant.MIN : sendBefore;
  }

  /** Something that was decided on it has arrived. */
  void served() {
    inVain = false;
  }

  /** It was too old to send what was decided on it. */
  void expire() {
    sendBefore = null;
  }

  /** Another one is needed, but not for its age. */
  void discard() {
    sendBefore = null;
    inVain = false;
  }

  /** Whether one after the other was too old. */
  boolean isHopeless() {
    return tooOld >= HOPELESS;
  }

  /** Nothing is left that was decided on it. */
  void clear() {
    inVain = false;
    tooOld = 0;
  }
}
