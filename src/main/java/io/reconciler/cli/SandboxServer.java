package io.reconciler.cli;

/** What `sandbox` calls; the exit code is one of {@link ExitCode}. */
public interface SandboxServer {

  /** An Airtable server of its own, with an invented base. */
  int sandbox(SandboxRequest request, Console console);
}
