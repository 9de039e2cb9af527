package io.reconciler.side.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.settings.DatabaseUrl;
import io.reconciler.settings.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcUtils;

/** Opens the connection pool. */
public final class Database {

  private static final String OPENED = SqlFile.read("open-connection");
  private static final Duration LOCK = Duration.ofSeconds(15);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /** The part of an answer's time that is kept for the server's word that it gave up. */
  private static final int LEAD = 30;

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private Database() {}

  /**
   * A pool of so many connections; nothing is connected yet. Statements are sent to the server
   * without a plan of their own first, and a batch is one round trip.
   */
  public static HikariDataSource open(DatabaseUrl url, int connections) {
    return open(url, connections, CONNECT);
  }

  /** The same, whose callers wait at most so long for a connection, and once for a server away. */
  public static HikariDataSource open(DatabaseUrl url, int connections, Duration wait) {
    HikariConfig config = config(url, connections, wait);
    config.setConnectionInitSql(setUp(url));
    return new PatientOnce(config);
  }

  /** So many connections of this pool are open when this returns, if the server gives them. */
  public static void connect(DataSource pool, int connections) {
    List<Connection> open = new ArrayList<>();
    try {
      for (int i = 0; i < connections; i++) {
        open.add(pool.getConnection());
      }
    } catch (SQLException e) {
      // Whoever needs it is told, and in its words.
    } finally {
      open.forEach(JdbcUtils::closeConnection);
    }
  }

  /** Whoever asks this pool from now on gets a connection that is opened anew. */
  public static void renew(DataSource pool) {
    if (pool instanceof HikariDataSource open && open.getHikariPoolMXBean() != null) {
      open.getHikariPoolMXBean().softEvictConnections();
    }
  }

  /** The same, whose connections are as the server gives them. */
  static HikariDataSource plain(DatabaseUrl url, int connections, Duration wait) {
    return new HikariDataSource(config(url, connections, wait));
  }

  private static HikariConfig config(DatabaseUrl url, int connections, Duration wait) {
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
    // The pool asks its first connection for the level, once; if that breaks in this moment, it
    // would set one that there is not on all others.
    if (!saysIsolation(url)) {
      config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    }
    config.addDataSourceProperty("ApplicationName", "reconciler");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // A connection that is dead, or a table that is locked, must not hold up a run for ever. What
    // DATABASE_URL says of it is heard.
    config.addDataSourceProperty("socketTimeout", String.valueOf(ANSWER.toSeconds()));
    // The detail of an error is the row it is about: personal data, which no log shall hold.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    return config;
  }

  /** How long a statement may take: the server ends it just before nobody listens any more. */
  static Duration longest(DatabaseUrl url) {
    Duration answer =
        url.parameter("socketTimeout")
            .filter(seconds -> seconds.matches("[0-9]{1,6}"))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(ANSWER);
    return answer.minus(answer.dividedBy(LEAD));
  }

  // Before the statement is over: a person is to read what it waited for.
  private static Duration lockWait(Duration statement) {
    Duration half = statement.dividedBy(2);
    return half.compareTo(LOCK) < 0 ? half : LOCK;
  }

  // Only then is it worth asking which of the server's settings come from there: reading all of
  // them is a third of what a new connection costs.
  private static boolean saysSettings(DatabaseUrl url) {
    return url.parameter("options").isPresent() || url.parameter("service").isPresent();
  }

  private static boolean saysIsolation(DatabaseUrl url) {
    return url.parameter("service").isPresent()
        || url.parameter("options")
            .filter(o -> o.contains("default_transaction_isolation"))
            .isPresent();
  }

  // A pool can't bind: the schema is checked to be a plain name when the URL is read.
  private static String setUp(DatabaseUrl url) {
    String schema = url.schema();
    return OPENED
        .replace("${asked}", schema == null ? "" : schema)
        .replace("${options}", String.valueOf(saysSettings(url)))
        .replace("${statement}", String.valueOf(longest(url).toMillis()))
        .replace("${lock}", String.valueOf(lockWait(longest(url)).toMillis()));
  }
}
