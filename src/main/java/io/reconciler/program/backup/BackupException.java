package io.reconciler.program.backup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A backup can't be taken or brought back, for a reason that its reader can do something about. */
public final class BackupException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final String DENIED = "permission denied";

  BackupException(String message) {
    super(message);
  }

  private BackupException(String message, IOException cause) {
    super(message, cause);
  }

  /** The file can't be written, or not to its end. */
  static BackupException unwritable(Path file, IOException cause) {
    String why =
        cause instanceof NoSuchFileException
            ? "there is no folder " + file.toAbsolutePath().getParent()
            : why(cause);
    return new BackupException(file + " can't be written: " + why, cause);
  }

  /** The file is there, and can't be read. */
  static BackupException unreadable(Path file, IOException cause) {
    return new BackupException(file + " can't be read: " + why(cause), cause);
  }

  /** It is a folder, or its rights forbid it. */
  static BackupException unreadable(Path file, boolean folder) {
    return new BackupException(file + " can't be read: " + (folder ? "it is a folder" : DENIED));
  }

  // Most say only by their class what is wrong, and name a file that nobody asked for.
  private static String why(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return DENIED;
    }
    String reason = cause instanceof FileSystemException failure ? failure.getReason() : null;
    return reason == null ? cause.getClass().getSimpleName() + ": " + cause.getMessage() : reason;
  }
}
