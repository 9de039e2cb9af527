package io.reconciler.side.mapping;

import java.util.Locale;

/** The side whose word counts for a field. */
public enum Owner {
  /** Airtable is the source of truth; the column follows. */
  AIRTABLE,
  /** Both sides may edit; changes go both ways. */
  PORTAL,
  /** The reconciler itself keeps the column. */
  ENGINE;

  /** The name in the mapping file, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
