package io.reconciler.engine.failure;

/** A guard stopped the run before it could do damage. */
public final class RunStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what the guard saw and the way on. */
  public RunStoppedException(String message) {
    super(message);
  }
}
