package io.reconciler.run;

/** What the schedule asks for: a run of every active client. */
public final class Schedule {

  private final int minutes;

  /** With the usual window; a client's watermark may widen it. */
  public Schedule(int minutes) {
    this.minutes = minutes;
  }

  /** The request of a usual run. */
  public RunRequest run() {
    return new RunRequest(Trigger.SCHEDULE, "schedule", minutes, null, false, false, false);
  }

  /** The request of a full sweep. */
  public RunRequest sweep() {
    return new RunRequest(Trigger.SCHEDULE, "schedule", minutes, null, true, false, false);
  }
}
