package io.reconciler.service.schedule;

import io.reconciler.settings.Cron;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time between two runs of a schedule. Pure. */
final class Period {

  private final Cron cron;

  /** Of this schedule, a Quartz cron in UTC. */
  Period(String schedule) {
    this.cron = new Cron(schedule);
  }

  /** Whether a client is due before its next time: what is pulled of it is older than a period. */
  boolean isOverdue(@Nullable Instant pulledUntil, Instant now) {
    Instant next = cron.after(now);
    Instant afterNext = next == null ? null : cron.after(next);
    if (next == null || afterNext == null) {
      return false;
    }
    Duration period = Duration.between(next, afterNext);
    return pulledUntil == null || pulledUntil.plus(period).isBefore(now);
  }
}
