package io.reconciler.service.monitor;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** UP while the scheduler runs and no trigger is late; shows when each fires next. */
final class ScheduleHealth extends AbstractHealthIndicator {

  private final Supplier<@Nullable Scheduler> scheduler;
  private final Clock clock;

  ScheduleHealth(Supplier<@Nullable Scheduler> scheduler, Clock clock) {
    this.scheduler = scheduler;
    this.clock = clock;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) throws SchedulerException {
    Scheduler quartz = scheduler.get();
    if (quartz == null || !quartz.isStarted() || quartz.isInStandbyMode() || quartz.isShutdown()) {
      health.down().withDetail("reason", "the scheduler does not run");
      return;
    }
    TreeMap<String, String> next = new TreeMap<>();
    TreeMap<String, String> late = new TreeMap<>();
    Set<TriggerKey> keys = quartz.getTriggerKeys(GroupMatcher.anyTriggerGroup());
    for (TriggerKey key : keys) {
      String name = key.getGroup() + " " + key.getName();
      Instant time = next(quartz.getTrigger(key));
      next.put(name, time == null ? "never" : time.toString());
      LateTriggers.problem(time, quartz.getTriggerState(key), clock.instant())
          .ifPresent(problem -> late.put(name, problem));
    }
    health.up().withDetail("next", next);
    if (!late.isEmpty()) {
      health.down().withDetail("late", late);
    }
  }

  private static @Nullable Instant next(@Nullable Trigger trigger) {
    Date time = trigger == null ? null : trigger.getNextFireTime();
    return time == null ? null : time.toInstant();
  }
}
