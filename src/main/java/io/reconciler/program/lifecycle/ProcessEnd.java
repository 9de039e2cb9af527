package io.reconciler.program.lifecycle;

import java.util.concurrent.CountDownLatch;

/** Whether the process ends, for whoever has no part in it. */
public final class ProcessEnd {

  /** Nobody ever added it, so there is nothing to remove: only the refusal tells something. */
  private static final Thread NO_HOOK = new Thread("no-hook");

  private ProcessEnd() {}

  /** Whether it has begun, before anything that belongs to it is done. */
  public static boolean hasBegun() {
    try {
      Runtime.getRuntime().removeShutdownHook(NO_HOOK);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** Goes on at once, unless the process ends: then it never does, and has nothing more to say. */
  public static void holdOnceBegun() {
    while (hasBegun()) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        // Whoever is in a hurry has as little to say.
      }
    }
  }
}
