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
    Duration period = cron.period(now);
    return !period.isZero() && (pulledUntil == null || pulledUntil.plus(period).isBefore(now));
  }
}
