package io.reconciler.engine.process;

import io.reconciler.engine.failure.RunInterruptedException;

/** Whether the process was asked to end: runs look before each request, and end in order. */
public final class Stopping {

  private volatile boolean asked;

  /** From now on no run begins, and none makes another request. */
  public void ask() {
    asked = true;
  }

  /** Whether the process was asked to end. */
  public boolean isAsked() {
    return asked;
  }

  /**
   * Lets the work go on.
   *
   * @throws RunInterruptedException once the process was asked to end
   */
  public void check() {
    if (asked) {
      throw new RunInterruptedException();
    }
  }
}
