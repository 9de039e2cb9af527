package io.reconciler.world;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waiting for something, where classes run {@link BesideOthers}. */
public final class Waiting {

  private Waiting() {}

  /** What other classes' threads die of is no business of the class that waits. */
  public static ConditionFactory await() {
    return Awaitility.await().dontCatchUncaughtExceptions();
  }
}
