package io.reconciler.cli;

/** What `serve` calls; the exit code is one of {@link ExitCode}. */
public interface Server {

  /** Schedule, REST API, pages and metrics, until stopped. */
  int serve(Console console);
}
