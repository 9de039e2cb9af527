package io.reconciler.cli;

/** What settles dead letters; each method returns the exit code, of {@link ExitCode}. */
public interface DeadLetters {

  /** Tries them again. */
  int retryDeadLetters(Entries entries, Console console);

  /** Gives them up. */
  int discardDeadLetters(Entries entries, Console console);
}
