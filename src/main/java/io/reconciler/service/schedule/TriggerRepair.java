package io.reconciler.service.schedule;

import io.reconciler.side.postgres.SqlFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sets triggers going again that Quartz has given up on, because an instance could not even begin
 * their job: of another version during an upgrade, for example. Quartz would never fire them again.
 */
public final class TriggerRepair {

  /** One that fails again and again is set going so often, and told of as often. */
  static final Duration AGAIN = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(TriggerRepair.class);
  private static final String IN_ERROR = SqlFile.read("triggers-in-error");

  private final JdbcClient jdbc;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Map<TriggerKey, Instant> repaired = new HashMap<>();

  TriggerRepair(JdbcClient jdbc, Scheduler scheduler, Clock clock) {
    this.jdbc = jdbc;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /**
   * Sets going those that are in error; a time that they missed is made good by Quartz at once.
   *
   * @throws SchedulerException when Quartz can't note it
   */
  public synchronized void repair() throws SchedulerException {
    List<TriggerKey> broken =
        jdbc.sql(IN_ERROR)
            .param("scheduler", scheduler.getSchedulerName())
            .query((row, number) -> new TriggerKey(row.getString("name"), row.getString("group")))
            .list();
    Instant now = clock.instant();
    for (TriggerKey key : broken) {
      Instant last = repaired.get(key);
      if (last == null || !now.isBefore(last.plus(AGAIN))) {
        repaired.put(key, now);
        scheduler.resetTriggerFromErrorState(key);
        LOG.warn(
            "{} {} was in error and did not fire any more: it is set going again",
            key.getGroup(),
            key.getName());
      }
    }
    repaired.values().removeIf(at -> !now.isBefore(at.plus(AGAIN.multipliedBy(2))));
  }
}
