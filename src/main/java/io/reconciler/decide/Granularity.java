package io.reconciler.decide;

import java.util.Locale;

/** What a conflict is about: one field group, or the whole record. */
public enum Granularity {
  /** Each field group is decided by its own changes. */
  FIELD,
  /** A record that was touched later in Airtable wins whole, whichever field was touched. */
  RECORD;

  /**
   * The granularity of that label, {@code field} or {@code record}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Granularity of(String name) {
    return Labels.parse(values(), Granularity::label, name, "conflict granularity");
  }

  /** The name in settings and results, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
