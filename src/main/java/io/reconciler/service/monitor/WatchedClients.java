package io.reconciler.service.monitor;

import io.reconciler.side.postgres.SqlFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The active clients, read with one query; the answer is good for a while. */
final class WatchedClients implements AutoCloseable {

  private static final String READ = SqlFile.read("watched-clients");
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final CachedAnswer<List<WatchedClient>> clients;

  WatchedClients(JdbcClient jdbc, Duration good, Clock clock) {
    this.clients =
        new CachedAnswer<>(
            "watched-clients",
            () -> jdbc.sql(READ).query((row, n) -> client(row)).list(),
            good,
            PATIENCE,
            clock);
  }

  /** They; empty when the database does not answer within two seconds. */
  Optional<List<WatchedClient>> list() {
    return clients.get();
  }

  @Override
  public void close() {
    clients.close();
  }

  private static WatchedClient client(ResultSet row) throws SQLException {
    OffsetDateTime reconciled = row.getObject("reconciled_at", OffsetDateTime.class);
    return new WatchedClient(
        row.getString("base"),
        row.getString("name"),
        reconciled == null ? null : reconciled.toInstant(),
        row.getLong("dead_letters"),
        row.getLong("conflicts"),
        row.getLong("month_requests"));
  }
}
