package io.reconciler.program.init;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** Runs statements all together or not at all. */
public final class DdlRun {

  /** A table that is in use is not waited for longer: others queue up behind the wait. */
  private static final String PATIENCE = "set local lock_timeout = '10s'";

  /** Somebody else's table, or a schema in which this role may make none. */
  private static final String DENIED = "42501";

  private final DataSource database;

  public DdlRun(DataSource database) {
    this.database = database;
  }

  /**
   * Runs them in one transaction.
   *
   * @throws FailedException when one fails; then nothing has changed
   */
  public void run(List<String> statements) {
    String running = PATIENCE;
    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        sql.execute(PATIENCE);
        for (String statement : statements) {
          running = statement;
          sql.execute(statement);
        }
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw new FailedException(running, e);
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new FailedException(running, e);
    }
  }

  /** A statement failed, and all were taken back. */
  public static final class FailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FailedException(String statement, SQLException cause) {
      super(
          "the DDL failed and was rolled back as a whole, at: %s: %s%s"
              .formatted(
                  statement.lines().findFirst().orElse(""), cause.getMessage(), advice(cause)),
          cause);
    }

    private static String advice(SQLException cause) {
      return DENIED.equals(cause.getSQLState())
          ? "; without --apply the same command writes it to tables.sql, which whoever owns the"
              + " tables can run"
          : "";
    }
  }
}
