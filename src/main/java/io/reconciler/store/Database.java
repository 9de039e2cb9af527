package io.reconciler.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.settings.DatabaseUrl;
import io.reconciler.settings.Secret;
import java.time.Duration;

/** Opens the connection pool. */
public final class Database {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private Database() {}

  /**
   * A pool of so many connections; nothing is connected yet. Statements are sent to the server
   * without a plan of their own first, and a batch is one round trip.
   */
  public static HikariDataSource open(DatabaseUrl url, int connections) {
    return open(url, connections, CONNECT);
  }

  /** The same, whose callers wait at most so long for a connection. */
  public static HikariDataSource open(DatabaseUrl url, int connections, Duration wait) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("reconciler");
    config.setJdbcUrl(url.jdbcUrl());
    config.setUsername(url.user());
    Secret password = url.password();
    if (password != null) {
      config.setPassword(password.reveal());
    }
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(wait.toMillis());
    config.setInitializationFailTimeout(-1);
    // A process that stands still in a transaction must not hold up the others.
    config.setConnectionInitSql("set idle_in_transaction_session_timeout = '10s'");
    config.addDataSourceProperty("ApplicationName", "reconciler");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // The detail of an error is the row it is about: personal data, which no log shall hold.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    return new HikariDataSource(config);
  }
}
