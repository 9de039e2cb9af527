package io.reconciler.engine.apply;

import java.util.Locale;

/** Where in a run something happened. */
public enum Stage {
  /** Stage 1, Airtable to PostgreSQL. */
  PULL,
  /** Stage 2, PostgreSQL to Airtable. */
  PUSH;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
