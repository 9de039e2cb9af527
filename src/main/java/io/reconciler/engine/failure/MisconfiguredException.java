package io.reconciler.engine.failure;

/**
 * Something in the configuration can't work, as Airtable's answers show; says how to put it right.
 */
public final class MisconfiguredException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a message for an operator. */
  public MisconfiguredException(String message) {
    super(message);
  }
}
