package io.reconciler.engine.run;

import java.util.Locale;

/** What started a run. */
public enum Trigger {
  SCHEDULE,
  API,
  CLI,
  UI;

  /** The name used in results and ledgers. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
