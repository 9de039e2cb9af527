package io.reconciler.decide;

import java.util.Locale;

/** How a conflict of a field group is decided. */
public enum ConflictPolicy {
  /** The later edit wins; a tie is Airtable's. */
  NEWEST,
  /** Airtable always wins. */
  AIRTABLE,
  /** The portal always wins. */
  PORTAL,
  /** Both sides' added lines are kept; where lines were changed or removed, the later edit wins. */
  MERGE_LINES;

  /**
   * The policy of that label, such as {@code merge-lines}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ConflictPolicy of(String name) {
    return Labels.parse(values(), ConflictPolicy::label, name, "conflict policy");
  }

  /** The name in files and results: lower case, with hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
