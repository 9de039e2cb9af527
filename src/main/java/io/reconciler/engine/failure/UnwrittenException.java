package io.reconciler.engine.failure;

import java.util.Optional;
import java.util.Set;

/** Not every lead was written, and PostgreSQL did not say why. */
public final class UnwrittenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String[] columns;

  private UnwrittenException(String message, String... columns) {
    super(message);
    this.columns = columns;
  }

  /** The one that a failure was caused by; empty when none was. */
  public static Optional<UnwrittenException> of(Throwable failure) {
    return Causes.find(failure, UnwrittenException.class);
  }

  /** Of a lead that was written, but whose trigger did not keep what is in these columns. */
  public static UnwrittenException altered(Set<String> columns) {
    return new UnwrittenException(
        "a trigger of leads does not keep what is written into " + String.join(", ", columns),
        columns.toArray(String[]::new));
  }

  /** The columns that it is about; empty where it is the whole lead. */
  public Set<String> columns() {
    return Set.of(columns);
  }

  /** Of a lead that was to be inserted or updated. */
  public static UnwrittenException kept() {
    return new UnwrittenException(
        "the lead was not written: a trigger or a row security policy of leads kept it out, or"
            + " another program inserted it at the same moment");
  }

  /** Of a lead that was to be marked inactive. */
  public static UnwrittenException active() {
    return new UnwrittenException("a trigger or a row security policy of leads keeps it active");
  }
}
