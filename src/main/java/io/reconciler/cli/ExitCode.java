package io.reconciler.cli;

/** The exit codes; what a code means is the same for every command. */
public final class ExitCode {

  public static final int DONE = 0;

  /** The run failed, `check` found something red, or all was done and the output is lost. */
  public static final int FAILED = 1;

  /** Wrong usage or configuration; nothing was started and nothing stands on stdout. */
  public static final int USAGE = 2;

  /** Done, with record errors; `verify`: differences. */
  public static final int RECORD_ERRORS = 3;

  /** Another run of this client is active. */
  public static final int BUSY = 4;

  /** A guard stopped the run. */
  public static final int GUARD = 5;

  private ExitCode() {}
}
