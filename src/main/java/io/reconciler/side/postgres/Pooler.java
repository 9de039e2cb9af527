package io.reconciler.side.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.settings.DatabaseUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * Finds out whether a pooler stands before PostgreSQL that gives a connection to somebody else
 * after each transaction: locks and settings of a session mean nothing there.
 */
public final class Pooler {

  private static final String BACKEND = SqlFile.read("backend");

  /** So long one try may take; a server that does not answer is asked once more after it. */
  private static final Duration ONE_TRY = Duration.ofSeconds(1);

  /** Which of two open connections asks; in no order that a pooler would share out evenly. */
  private static final int[] TURNS = {0, 1, 1, 0, 0, 1, 0};

  private Pooler() {}

  /**
   * What is wrong and where to connect instead; empty for a server or a pooler that leaves a
   * connection to us until we close it. Changes no setting of any connection.
   *
   * @param wait how long to wait for a connection
   * @throws CannotGetJdbcConnectionException when there is none
   */
  public static Optional<String> problem(DatabaseUrl url, Duration wait) {
    try (HikariDataSource plain = Database.plain(url, 2, ONE_TRY);
        Connection one = patiently(plain, wait);
        Connection other = patiently(plain, wait)) {
      return isShared(one, other) ? Optional.of(text(url)) : Optional.empty();
    } catch (SQLException e) {
      throw new CannotGetJdbcConnectionException("no connection to PostgreSQL", e);
    }
  }

  // A pool would try a wrong password again for as long as a database that is just waking up.
  private static Connection patiently(HikariDataSource plain, Duration wait) throws SQLException {
    long end = System.nanoTime() + wait.toNanos();
    while (true) {
      try {
        return plain.getConnection();
      } catch (SQLException e) {
        if (!DatabaseAway.is(e) || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  // Two connections that are open at once have a server process each, and keep it.
  private static boolean isShared(Connection one, Connection other) throws SQLException {
    int[] seen = {0, 0};
    for (int turn : TURNS) {
      int backend = backend(turn == 0 ? one : other);
      if (seen[turn] != 0 && seen[turn] != backend) {
        return true;
      }
      seen[turn] = backend;
      if (seen[0] == seen[1]) {
        return true;
      }
    }
    return false;
  }

  private static int backend(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(BACKEND)) {
      answer.next();
      return answer.getInt(1);
    }
  }

  static String text(DatabaseUrl url) {
    return "DATABASE_URL leads to a pooler in transaction mode, where a connection is somebody"
        + " else's after each transaction, but the engine holds locks by its connections; "
        + advice(url.hosts());
  }

  private static String advice(Set<String> hosts) {
    String all = String.join(",", hosts).toLowerCase(Locale.ROOT);
    if (all.contains(".pooler.supabase.")) {
      return "use Supabase's pooler in session mode: the same host with port 5432 instead of 6543,"
          + " or the direct connection db.PROJECT.supabase.co:5432";
    }
    if (all.contains(".neon.tech")) {
      return "use Neon's direct connection: the same host without -pooler";
    }
    if (all.contains(".proxy-") && all.contains(".rds.")) {
      return "use the endpoint of the database instance or cluster instead of the RDS proxy's";
    }
    return "use PostgreSQL's own host and port, usually 5432 (pgbouncer's is 6432), or give this"
        + " role a pool with pool_mode = session";
  }
}
