package io.reconciler.cli;

import java.util.List;

/** What `check` calls; the exit code is one of {@link ExitCode}. */
public interface Checker {

  /** Preflight: reads only. */
  int check(boolean json, List<String> tables, Console console);
}
