package io.reconciler.cli;

import java.util.List;

/** What `verify` calls; the exit code is one of {@link ExitCode}. */
public interface Verifier {

  /** Compares both sides of these tables, or of all, field by field; reads only. */
  int verify(boolean json, List<String> tables, Console console);
}
