package io.reconciler.schedule;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/** The time between two runs of a schedule. Pure. */
final class Period {

  private final CronExpression cron;

  /** Of this schedule, a Quartz cron in UTC. */
  Period(String schedule) {
    try {
      cron = new CronExpression(schedule);
      cron.setTimeZone(TimeZone.getTimeZone("UTC"));
    } catch (ParseException e) {
      throw new IllegalArgumentException("the settings let no such schedule through", e);
    }
  }

  /** Whether a client is due before its next time: what is pulled of it is older than a period. */
  boolean isOverdue(@Nullable Instant pulledUntil, Instant now) {
    Date next = cron.getNextValidTimeAfter(Date.from(now));
    Date afterNext = next == null ? null : cron.getNextValidTimeAfter(next);
    if (next == null || afterNext == null) {
      return false;
    }
    Duration period = Duration.between(next.toInstant(), afterNext.toInstant());
    return pulledUntil == null || pulledUntil.plus(period).isBefore(now);
  }
}
