package io.reconciler.side.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a database that is not there at the moment from one that will never have us. */
public final class DatabaseAway {

  /**
   * Classes of SQLSTATE, from PostgreSQL's appendix A: 08 connection exception, 53 insufficient
   * resources such as too many connections, 57P shutting down or starting up.
   */
  private static final List<String> STATES = List.of("08", "53", "57P");

  private DatabaseAway() {}

  /** Whether the same may go well in a while: no wrong password, name or right. */
  public static boolean is(Throwable failure) {
    SQLException deepest = null;
    for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (t instanceof SQLException sql) {
        deepest = sql;
      }
    }
    return deepest != null
        && (passes(deepest.getSQLState()) || deepest instanceof SQLTransientException);
  }

  private static boolean passes(@Nullable String state) {
    return state != null && STATES.stream().anyMatch(state::startsWith);
  }
}
