package io.reconciler.engine.run;

import java.util.concurrent.atomic.AtomicInteger;

/** How many refused records a run tolerates, or its work on one table. */
public final class Patience {

  /** So that a trigger that refuses everything costs a run minutes and not hours. */
  private static final int MOST_TRIES = 3_000;

  /** So many records have had to wait when it is asked whether the whole table is locked. */
  private static final int MANY_LOCKED = 20;

  private final AtomicInteger tries = new AtomicInteger();
  private final AtomicInteger locked = new AtomicInteger();

  Patience() {}

  /** One more try of a record that was refused; whether there were too many by now. */
  public boolean tried() {
    return tries.incrementAndGet() > MOST_TRIES;
  }

  /** One more record is left for somebody's lock; whether there were many by now. */
  public boolean leftForLock() {
    return locked.incrementAndGet() >= MANY_LOCKED;
  }

  /** Whether many were left for somebody's lock. */
  public boolean isShort() {
    return locked.get() >= MANY_LOCKED;
  }
}
