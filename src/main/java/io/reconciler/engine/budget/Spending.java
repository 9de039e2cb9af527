package io.reconciler.engine.budget;

import io.reconciler.settings.Cron;
import io.reconciler.settings.Settings;
import io.reconciler.side.postgres.SqlFile;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the requests of this month come to, as the database knows it. */
public final class Spending {

  private static final String READ = SqlFile.read("read-spending");
  private static final String LAST = SqlFile.read("last-scheduled-run");

  private final JdbcClient jdbc;
  private final Settings settings;
  private final String sweeps;
  private final Clock clock;

  /** Of the bases of this database; the schedules are those of the settings and {@code sweeps}. */
  public Spending(JdbcClient jdbc, Settings settings, String sweeps, Clock clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.sweeps = sweeps;
    this.clock = clock;
  }

  /** The budget as it stands; empty when the plan's quota is not set. */
  public Optional<Budget> budget() {
    Long quota = settings.watching().monthlyQuota();
    return quota == null ? Optional.empty() : Optional.of(read(quota));
  }

  /** The time between two usual runs; zero for a schedule that never comes again. */
  public Duration period() {
    return new Cron(settings.schedule()).period(clock.instant());
  }

  /** When the next run of a base comes that the budget lets begin; null when none does. */
  public @Nullable Instant next(Budget budget, String base) {
    Instant now = clock.instant();
    if (budget.isUsedUp()) {
      return null;
    }
    Duration wait = budget.wait(period()).minus(sinceLast(base));
    return new Cron(settings.schedule()).after(wait.isNegative() ? now : now.plus(wait));
  }

  /** How long ago the last run of a base began that the schedule asked for. */
  Duration sinceLast(String base) {
    Instant now = clock.instant();
    return jdbc.sql(LAST)
        .param("base", base)
        .query(Timestamp.class)
        .optional()
        .map(last -> Duration.between(last.toInstant(), now))
        .orElse(Duration.ofDays(365));
  }

  private Budget read(long quota) {
    Instant now = clock.instant();
    return jdbc.sql(READ)
        .param("now", Timestamp.from(now))
        .query(
            (row, n) ->
                new Budget(
                    quota,
                    row.getLong("used"),
                    row.getLong("clients")
                        * (row.getDouble("per_run") * perDay(settings.schedule())
                            + row.getDouble("per_sweep") * perDay(sweeps)),
                    now))
        .single();
  }

  private double perDay(String schedule) {
    Duration period = new Cron(schedule).period(clock.instant());
    return period.isZero() ? 0 : (double) Duration.ofDays(1).toMillis() / period.toMillis();
  }
}
