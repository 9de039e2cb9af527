package io.reconciler.engine.run;

import java.util.Locale;

/** What started a run. */
public enum Trigger {
  /** The schedule. */
  SCHEDULE,
  /** A request to the REST API. */
  API,
  /** A command. */
  CLI,
  /** The admin page. */
  UI;

  /** The name used in results and ledgers. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
