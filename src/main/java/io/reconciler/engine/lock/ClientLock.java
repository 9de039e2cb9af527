package io.reconciler.engine.lock;

import io.reconciler.engine.failure.RunFailedException;
import io.reconciler.side.postgres.SqlFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * The lock on one client: a PostgreSQL advisory lock of the session, so it can never outlive the
 * process or the connection that holds it. A process that stands still, but whose connections are
 * open, loses it when its lease is over. Used by the run's thread and the one that keeps the lease.
 */
final class ClientLock implements AutoCloseable {

  private static final String LOST =
      "the database connection that holds this client's lock was lost: the run ends before"
          + " another one could start beside it";

  /** The SQLSTATE of a connection that is no more. */
  private static final String NO_CONNECTION = "08006";

  private static final String TAKE = SqlFile.read("take-client-lock");
  private static final String RELEASE = SqlFile.read("release-client-lock");
  private static final String LEASE = SqlFile.read("set-lock-lease");
  private static final String NO_LEASE = "0";
  private static final int ANSWER_SECONDS = 10;

  private final UUID clientId;
  private final Connection connection;
  private final Duration lease;
  private final Clock clock;
  private volatile Instant heldUntil;
  private volatile boolean lost;

  private ClientLock(
      UUID clientId, Connection connection, Duration lease, Clock clock, Instant taken) {
    this.clientId = clientId;
    this.connection = connection;
    this.lease = lease;
    this.clock = clock;
    this.heldUntil = taken.plus(lease);
  }

  /**
   * Takes the lock of a client, null when somebody holds it; {@link #ensureHeld} renews the lease.
   *
   * @throws SQLException when the database can't be asked
   */
  static @Nullable ClientLock take(DataSource database, UUID clientId, Duration lease, Clock clock)
      throws SQLException {
    Connection connection = database.getConnection();
    boolean held = false;
    try {
      // The lease first: a process that stood still between the two would keep the lock for good.
      lease(connection, String.valueOf(lease.toMillis()));
      Instant asked = clock.instant();
      if (!ask(connection, TAKE, clientId.toString())) {
        lease(connection, NO_LEASE);
        return null;
      }
      held = true;
      return new ClientLock(clientId, connection, lease, clock, asked);
    } finally {
      if (!held) {
        JdbcUtils.closeConnection(connection);
      }
    }
  }

  /**
   * Makes sure that the lock is still ours.
   *
   * @throws RunFailedException when its connection is gone, and the lock with it
   */
  synchronized void ensureHeld() {
    Instant asked = clock.instant();
    try {
      if (connection.isValid(ANSWER_SECONDS)) {
        heldUntil = asked.plus(lease);
        return;
      }
    } catch (SQLException e) {
      // Lost as well.
    }
    lost = true;
    throw new RunFailedException(LOST, new SQLException("no answer", NO_CONNECTION));
  }

  /**
   * Makes sure, without asking, that the lease has not ended since the lock was last made sure of:
   * PostgreSQL counts it from its answer, we from our question, which is earlier.
   *
   * @throws RunFailedException when it may have
   */
  void ensureLeased() {
    if (!clock.instant().isBefore(heldUntil)) {
      throw new RunFailedException(LOST);
    }
  }

  @Override
  public synchronized void close() {
    if (lost) {
      giveUp();
      return;
    }
    try {
      ask(connection, RELEASE, clientId.toString());
      lease(connection, NO_LEASE);
    } catch (SQLException e) {
      // The connection is broken: the server has released the lock already.
    } finally {
      JdbcUtils.closeConnection(connection);
    }
  }

  // Nobody answers there: asking again would only wait, and no one else shall get the connection.
  private void giveUp() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // Then the pool finds out.
    } finally {
      JdbcUtils.closeConnection(connection);
    }
  }

  // The pool gives the connection to others afterwards: the time-out must not stay with it.
  private static void lease(Connection connection, String millis) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LEASE)) {
      statement.setString(1, millis);
      statement.execute();
    }
  }

  private static boolean ask(Connection connection, String sql, String clientId)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, clientId);
      try (ResultSet answer = statement.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }
}
