package io.reconciler.side.postgres;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Why PostgreSQL did not write a row, in the server's words.
 *
 * @param state the SQLSTATE
 * @param message the first line of its message
 * @param dataType the domain whose constraint it is; as all names, null when it is not about one
 * @param inside whether a trigger or function of the database met it, not our statement itself
 */
public record RefusedWrite(
    String state,
    String message,
    @Nullable String schema,
    @Nullable String table,
    @Nullable String column,
    @Nullable String constraint,
    @Nullable String dataType,
    boolean inside) {

  private static final String LOCKED = "55P03";

  /**
   * What passes when others have ended their transactions: a lock that was not to be had in time, a
   * deadlock, two transactions that can't both be, a statement that took longer than this user's
   * may.
   */
  private static final Set<String> PASSING = Set.of(LOCKED, "40P01", "40001", "57014");

  private static final String DUPLICATE = "23505";

  /** A unique index, or an exclusion constraint. */
  private static final Set<String> HELD = Set.of(DUPLICATE, "23P01");

  private static final String NULL = "23502";

  /** Characters that the database's encoding lacks. */
  private static final Set<String> ENCODING = Set.of("22P05", "22021");

  /**
   * What no other record would fare better with: no room on the disk or in memory, files that can't
   * be read or written, a server that takes no writes.
   */
  private static final Set<String> SERVER = Set.of("53", "58");

  private static final String READ_ONLY = "25006";

  /**
   * A table, column, type or unique index that is not there, or a column of another type, which
   * can't be compared either, or one that PostgreSQL fills by itself: the table has changed.
   */
  private static final Set<String> CHANGED =
      Set.of("42P01", "42703", "42804", "42883", "42704", "42P10", "428C9", "42809", "0A000");

  private static final String DENIED = "42501";

  private static final int LONGEST = 200;

  /** What the server said; empty when it said nothing, as when the connection broke. */
  public static Optional<RefusedWrite> of(Throwable failure) {
    for (Throwable t = failure; t != null; t = below(t)) {
      if (t instanceof PSQLException sql && sql.getServerErrorMessage() != null) {
        return Optional.of(of(sql.getServerErrorMessage()));
      }
    }
    return Optional.empty();
  }

  /** What PostgreSQL would say of a row that this index does not let in beside another. */
  public static DuplicateKeyException duplicate(UniqueKey key) {
    String message = "duplicate key value violates unique constraint \"%s\"".formatted(key.name());
    String said =
        String.join(
            "\0",
            "SERROR",
            "VERROR",
            "C" + DUPLICATE,
            "M" + message,
            "s" + key.schema(),
            "t" + key.table(),
            "n" + key.name(),
            "");
    return new DuplicateKeyException(message, new PSQLException(new ServerErrorMessage(said)));
  }

  /** Whether somebody's lock was in the way. */
  public boolean isLock() {
    return state.equals(LOCKED);
  }

  /** Whether another row holds the unique value. */
  public boolean isHeld() {
    return !inside && HELD.contains(state);
  }

  /** Whether a column that must have a value was left without one. */
  public boolean isNull() {
    return state.equals(NULL);
  }

  /** Whether the same may go well in a moment. */
  public boolean passes() {
    return PASSING.contains(state);
  }

  /** Whether it is about the server or the table, so that no record of it can be written. */
  public boolean isAboutAll() {
    return isReadOnly() || SERVER.contains(state.substring(0, 2)) || isAboutTable();
  }

  /** Whether the table is no longer what the statements were made for. */
  public boolean isAboutTable() {
    return !inside && CHANGED.contains(state);
  }

  /** Whether this user may not read or write what the statements are about. */
  public boolean isDenied() {
    return !inside && state.equals(DENIED);
  }

  /** Whether the server takes no writes at all. */
  public boolean isReadOnly() {
    return !inside && state.equals(READ_ONLY);
  }

  /** Whether it is about characters that no column of this database can hold. */
  public boolean isAboutEncoding() {
    return ENCODING.contains(state) || message.contains("Unicode");
  }

  /** The cause; where a transaction could not even be undone, what it was to be undone for. */
  static @Nullable Throwable below(Throwable failure) {
    if (failure instanceof TransactionSystemException undone
        && undone.getApplicationException() != null) {
      return undone.getApplicationException();
    }
    return failure.getCause() == failure ? null : failure.getCause();
  }

  private static RefusedWrite of(ServerErrorMessage said) {
    String text = String.valueOf(said.getMessage()).lines().findFirst().orElse("").strip();
    return new RefusedWrite(
        String.valueOf(said.getSQLState()),
        text.length() > LONGEST ? text.substring(0, LONGEST) : text,
        said.getSchema(),
        said.getTable(),
        said.getColumn(),
        said.getConstraint(),
        said.getDatatype(),
        said.getWhere() != null);
  }
}
