package io.reconciler.cli;

/** What `tables` calls; the exit code is one of {@link ExitCode}. */
public interface Tables {

  /** Prints the mappings in use; reads only. */
  int tables(boolean json, Console console);
}
