package io.reconciler.program.backup;

/** Something of the engine's is at work in the database. */
public final class BusyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BusyException(String message) {
    super(message);
  }
}
