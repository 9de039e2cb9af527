package io.reconciler.cli;

/** What `init` calls; the exit code is one of {@link ExitCode}. */
public interface Initializer {

  /** Proposes mappings and DDL for the tables of a base; writes files, and the DDL if asked to. */
  int init(InitOptions options, Console console);
}
