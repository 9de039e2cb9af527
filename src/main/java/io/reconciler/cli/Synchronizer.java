package io.reconciler.cli;

/** What `sync` calls; the exit code is one of {@link ExitCode}. */
public interface Synchronizer {

  /** One run for every active client, or for one. */
  int sync(SyncOptions options, Console console);
}
