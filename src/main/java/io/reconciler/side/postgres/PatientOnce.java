package io.reconciler.side.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * A pool whose callers wait for a server that is away once, and not one after the other: when one
 * has waited in vain, those after it are told as soon as a look of their own finds it still away.
 */
final class PatientOnce extends HikariDataSource {

  /** Together with the pause no longer than a request of the service waits for a connection. */
  private static final Duration LOOK = Duration.ofSeconds(4);

  /** Whoever asks again at once must not ask without a pause. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private volatile boolean away;

  PatientOnce(HikariConfig config) {
    super(config);
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (away) {
      look();
    }
    try {
      Connection connection = super.getConnection();
      away = false;
      return connection;
    } catch (SQLTransientConnectionException e) {
      // Else it is there: busy, waking up, or all connections of the pool are in use.
      away = DatabaseAway.isUnreachable(e);
      throw e;
    }
  }

  private void look() throws SQLException {
    try (Connection seen = DriverManager.getConnection(getJdbcUrl(), properties())) {
      away = false;
    } catch (SQLException e) {
      LockSupport.parkNanos(PAUSE.toNanos());
      throw e;
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(getDataSourceProperties());
    // Each may be left to the driver, which knows the system's user and a file of passwords.
    if (getUsername() != null) {
      properties.setProperty("user", getUsername());
    }
    if (getPassword() != null) {
      properties.setProperty("password", getPassword());
    }
    properties.setProperty("loginTimeout", String.valueOf(LOOK.toSeconds()));
    return properties;
  }
}
