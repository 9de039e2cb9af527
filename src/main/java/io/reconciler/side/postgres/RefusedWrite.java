package io.reconciler.side.postgres;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Why PostgreSQL did not write a row, in the server's words.
 *
 * @param state the SQLSTATE
 * @param message the first line of its message
 * @param dataType the domain whose constraint it is; as all names, null when it is not about one
 */
public record RefusedWrite(
    String state,
    String message,
    @Nullable String schema,
    @Nullable String table,
    @Nullable String column,
    @Nullable String constraint,
    @Nullable String dataType) {

  /**
   * What passes when others have ended their transactions: a lock that was not to be had in time, a
   * deadlock, two transactions that can't both be, a statement that took longer than this user's
   * may.
   */
  private static final Set<String> PASSING = Set.of("55P03", "40P01", "40001", "57014");

  /** Characters that the database's encoding lacks. */
  private static final Set<String> ENCODING = Set.of("22P05", "22021");

  private static final int LONGEST = 200;

  /** What the server said; empty when it said nothing, as when the connection broke. */
  public static Optional<RefusedWrite> of(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (t instanceof PSQLException sql && sql.getServerErrorMessage() != null) {
        return Optional.of(of(sql.getServerErrorMessage()));
      }
    }
    return Optional.empty();
  }

  /** Whether the same may go well in a moment. */
  public boolean passes() {
    return PASSING.contains(state);
  }

  /** Whether it is about characters that no column of this database can hold. */
  public boolean isAboutEncoding() {
    return ENCODING.contains(state) || message.contains("Unicode");
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
        said.getDatatype());
  }
}
