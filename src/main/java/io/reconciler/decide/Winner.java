package io.reconciler.decide;

import java.util.Locale;

/** Whose value a conflict keeps. */
public enum Winner {
  AIRTABLE,
  PORTAL,
  MERGED;

  /** The name in the ledger and in results, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
