package io.reconciler.cli;

/** What `demo` calls; the exit code is one of {@link ExitCode}. */
public interface Demonstrator {

  /** Two runs against a sandbox of its own. */
  int demo(DemoOptions options, Console console);
}
