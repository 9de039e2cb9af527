package io.reconciler.service.schedule;

import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.Trigger;
import io.reconciler.service.schedule.ScheduledRun.Kind;
import org.jspecify.annotations.Nullable;
import org.quartz.Scheduler;

/** What the triggers ask for. */
public final class Schedule {

  private final int minutes;

  /** With the usual window; a client's watermark may widen it. */
  public Schedule(int minutes) {
    this.minutes = minutes;
  }

  /**
   * A client's usual run. Another run of the client does as well, unless this one takes the place
   * of one whose instance died.
   */
  public ScheduledRun run(String base, @Nullable String triggerGroup) {
    boolean recovers = Scheduler.DEFAULT_RECOVERY_GROUP.equals(triggerGroup);
    return new ScheduledRun(Kind.SCHEDULE, request(base, false), recovers);
  }

  /** A client's full sweep, which no other run can stand in for. */
  public ScheduledRun sweep(String base) {
    return new ScheduledRun(Kind.SWEEP, request(base, true), true);
  }

  /** A refresh of a client's computed fields, which no other run can stand in for. */
  public ScheduledRun refresh(String base) {
    RunRequest request =
        new RunRequest(Trigger.SCHEDULE, "schedule", minutes, base, false, false, false, true);
    return new ScheduledRun(Kind.REFRESH, request, true);
  }

  private RunRequest request(String base, boolean full) {
    return new RunRequest(Trigger.SCHEDULE, "schedule", minutes, base, full, false, false);
  }
}
