package io.reconciler.engine.run;

import java.util.Locale;

/** How a run stands. */
public enum RunOutcome {
  RUNNING,
  /** It covered its window on both stages. */
  SUCCEEDED,
  FAILED,
  /** A guard stopped it. */
  STOPPED,
  /** What it was configured with can't work. */
  MISCONFIGURED,
  /** The process was asked to end. */
  INTERRUPTED;

  /** Whether a guard ended the run. */
  public boolean isByGuard() {
    return this == STOPPED;
  }

  /** The name in the ledger, where a guard's stop and the like are failures. */
  public String label() {
    RunOutcome kept = isByGuard() || this == MISCONFIGURED ? FAILED : this;
    return kept.name().toLowerCase(Locale.ROOT);
  }
}
