package io.reconciler.engine.failure;

/** The run, or its process, was asked to end, and it ended between two of its steps. */
public final class RunInterruptedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RunInterruptedException() {
    super("the process was asked to end; the next run goes on from here");
  }

  public RunInterruptedException(String by) {
    super("stopped by " + by + "; the next run goes on from here");
  }
}
