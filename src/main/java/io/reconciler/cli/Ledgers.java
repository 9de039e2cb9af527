package io.reconciler.cli;

import org.jspecify.annotations.Nullable;

/**
 * What the commands of the ledgers call; each method returns the exit code, of {@link ExitCode}.
 */
public interface Ledgers {

  /** Prints what is open, or with all what is settled too. */
  int list(Ledger ledger, boolean all, boolean json, Console console);

  /** Prints one entry with every value. */
  int show(Ledger ledger, String id, boolean json, Console console);

  /**
   * Writes the losing value of a conflict to both sides.
   *
   * @param value the side whose value it is, airtable or portal; null: the one that lost
   */
  int applyConflict(String id, @Nullable String value, Console console);

  /** Settles a conflict as it is. */
  int dismissConflict(String id, Console console);

  /** Tries a dead letter again; null: all that are open. */
  int retryDeadLetter(@Nullable String id, Console console);

  /** Gives a dead letter up. */
  int discardDeadLetter(String id, Console console);

  /** Removes a record from all of the engine's tables. */
  int forget(String recordId, Console console);
}
