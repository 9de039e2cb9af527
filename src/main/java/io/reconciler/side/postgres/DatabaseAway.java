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

  /** Of a connection that stood: 08 as above; 57P01 to 57P05 are the ways a session is ended. */
  private static final List<String> LOST = List.of("08", "57P01", "57P02", "57P04", "57P05");

  private static final String NEVER_STOOD = "08001";

  /** What the driver calls a way of signing in that the server wants and it was not told of. */
  private static final String NEVER_WILL = "08004";

  /** Of a server that lets us in no more: 28 wrong password or role, 3D no such database. */
  private static final List<String> SHUT = List.of("28", "3D");

  /** What the pool says, without a state, of a connection that it has closed as broken. */
  private static final String CLOSED = "Connection is closed";

  private DatabaseAway() {}

  /** Whether it is a database that failed, for whatever reason. */
  public static boolean isDatabase(Throwable failure) {
    return deepest(failure) != null;
  }

  /** Whether the same may go well in a while: no wrong password, name or right. */
  public static boolean is(Throwable failure) {
    SQLException deepest = deepest(failure);
    return deepest != null
        && !NEVER_WILL.equals(deepest.getSQLState())
        && (begins(deepest.getSQLState(), STATES)
            || deepest instanceof SQLTransientException
            || isClosed(deepest));
  }

  /** Whether whoever was let in before is not now: it is away, or shut to us. */
  public static boolean isShut(Throwable failure) {
    SQLException deepest = deepest(failure);
    return is(failure) || (deepest != null && begins(deepest.getSQLState(), SHUT));
  }

  /** Whether a connection that stood has ended under us, by whomever. */
  public static boolean lost(Throwable failure) {
    SQLException deepest = deepest(failure);
    return deepest != null
        && !NEVER_STOOD.equals(deepest.getSQLState())
        && !NEVER_WILL.equals(deepest.getSQLState())
        && (begins(deepest.getSQLState(), LOST) || isClosed(deepest));
  }

  /** Whether nothing let us in, not even to say that it is busy or waking up. */
  static boolean isUnreachable(Throwable failure) {
    SQLException deepest = deepest(failure);
    return deepest != null && NEVER_STOOD.equals(deepest.getSQLState());
  }

  private static boolean isClosed(SQLException failure) {
    return failure.getSQLState() == null && CLOSED.equals(failure.getMessage());
  }

  static @Nullable SQLException deepest(Throwable failure) {
    SQLException deepest = null;
    for (Throwable t = failure; t != null; t = RefusedWrite.below(t)) {
      if (t instanceof SQLException sql) {
        deepest = sql;
      }
    }
    return deepest;
  }

  private static boolean begins(@Nullable String state, List<String> classes) {
    return state != null && classes.stream().anyMatch(state::startsWith);
  }
}
