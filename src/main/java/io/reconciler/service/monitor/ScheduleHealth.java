package io.reconciler.service.monitor;

import java.util.Date;
import java.util.Objects;
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

/** UP while the scheduler runs; shows when each trigger fires next. */
final class ScheduleHealth extends AbstractHealthIndicator {

  private final Supplier<@Nullable Scheduler> scheduler;

  ScheduleHealth(Supplier<@Nullable Scheduler> scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) throws SchedulerException {
    Scheduler quartz = scheduler.get();
    if (quartz == null || !quartz.isStarted() || quartz.isInStandbyMode() || quartz.isShutdown()) {
      health.down().withDetail("reason", "the scheduler does not run");
      return;
    }
    TreeMap<String, String> next = new TreeMap<>();
    Set<TriggerKey> keys = quartz.getTriggerKeys(GroupMatcher.anyTriggerGroup());
    for (TriggerKey key : keys) {
      Trigger trigger = quartz.getTrigger(key);
      Date time = trigger == null ? null : trigger.getNextFireTime();
      next.put(
          key.getGroup() + " " + key.getName(),
          time == null ? "never" : Objects.toString(time.toInstant()));
    }
    health.up().withDetail("next", next);
  }
}
