package io.reconciler.cli;

/** What `verify` calls; the exit code is one of {@link ExitCode}. */
public interface Verifier {

  /** Compares both sides field by field; reads only. */
  int verify(boolean json, Console console);
}
