package io.reconciler.engine.apply;

/**
 * Nothing of a page was applied, for a reason that may lie in one of its records: the others may
 * fare better without it.
 */
public final class NotAppliedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** For what happened in its transaction. */
  public NotAppliedException(Exception cause) {
    super(cause.getMessage(), cause, false, false);
  }
}
