package io.reconciler.program.backup;

/** A backup can't be taken or brought back, for a reason that its reader can do something about. */
public final class BackupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BackupException(String message) {
    super(message);
  }
}
