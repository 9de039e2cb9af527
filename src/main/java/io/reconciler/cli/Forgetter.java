package io.reconciler.cli;

/** What `forget` calls. */
public interface Forgetter {

  /** Removes a record from all of the engine's tables; the exit code, of {@link ExitCode}. */
  int forget(String recordId, Console console);
}
