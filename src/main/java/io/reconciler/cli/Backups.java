package io.reconciler.cli;

import java.nio.file.Path;

/** What backup and restore call; each method returns the exit code, of {@link ExitCode}. */
public interface Backups {

  /** Writes the engine's own tables to a new file. */
  int backup(Path file, Console console);

  /**
   * Brings the engine's own tables back from a file.
   *
   * @param force also from one of another database
   */
  int restore(Path file, boolean force, Console console);
}
