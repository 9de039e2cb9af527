package io.reconciler.cli;

import org.jspecify.annotations.Nullable;

/** What settles conflicts; each method returns the exit code, of {@link ExitCode}. */
public interface Conflicts {

  /**
   * Writes the losing values to both sides.
   *
   * @param value the side whose value it is, airtable or portal; null: the one that lost
   */
  int applyConflicts(Entries entries, @Nullable String value, Console console);

  /** Settles them as they are. */
  int dismissConflicts(Entries entries, Console console);
}
