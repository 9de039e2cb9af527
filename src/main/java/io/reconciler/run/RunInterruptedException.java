package io.reconciler.run;

/** The process was asked to end, and the run ended between two of its steps. */
public final class RunInterruptedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RunInterruptedException() {
    super("the process was asked to end; the next run goes on from here");
  }
}
