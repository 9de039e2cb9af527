package io.reconciler.engine.run;

/**
 * Hears of runs and repairs, on their own threads; what it throws is logged and does no harm. Hears
 * nothing unless overridden.
 */
public interface RunListener {

  /** A run holds its client's lock and begins. */
  default void began(Run run) {}

  /**
   * A run is over, even one that could not begin. The outcome of a repair, which no ledger of runs
   * keeps, is still {@link RunOutcome#RUNNING}.
   */
  default void ended(Run run) {}
}
