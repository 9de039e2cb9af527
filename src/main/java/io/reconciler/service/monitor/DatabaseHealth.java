package io.reconciler.service.monitor;

import io.reconciler.engine.failure.FailureText;
import io.reconciler.side.postgres.Database;
import javax.sql.DataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** DOWN while PostgreSQL does not answer, or takes no writes. */
final class DatabaseHealth implements HealthIndicator {

  private static final String READ_ONLY =
      "select cast(current_setting('transaction_read_only') as boolean)";

  private final DataSource database;
  private final JdbcClient jdbc;

  DatabaseHealth(DataSource database) {
    this.database = database;
    this.jdbc = JdbcClient.create(database);
  }

  @Override
  public Health health() {
    try {
      if (!jdbc.sql(READ_ONLY).query(Boolean.class).single()) {
        return Health.up().withDetail("database", "PostgreSQL").build();
      }
      // A connection keeps to what held when it was opened, and to the server it was opened to.
      Database.renew(database);
      return down("it takes no writes: it is a standby, or set to read only");
    } catch (DataAccessException e) {
      return down(FailureText.of(e));
    }
  }

  private static Health down(String reason) {
    return Health.down().withDetail("database", "PostgreSQL").withDetail("reason", reason).build();
  }
}
