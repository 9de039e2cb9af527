package io.reconciler.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of the ledgers call; each method returns the exit code, of {@link ExitCode}.
 */
public interface Ledgers {

  /**
   * Prints what is open and passes the filters, or with all what is settled too.
   *
   * @param filters values by the filter's name
   */
  int list(Ledger ledger, boolean all, Map<String, String> filters, boolean json, Console console);

  /** Prints one entry with every value. */
  int show(Ledger ledger, String id, boolean json, Console console);

  /**
   * Writes the losing values of conflicts to both sides.
   *
   * @param value the side whose value it is, airtable or portal; null: the one that lost
   */
  int applyConflicts(Entries entries, @Nullable String value, Console console);

  /** Settles conflicts as they are. */
  int dismissConflicts(Entries entries, Console console);

  /** Tries dead letters again. */
  int retryDeadLetters(Entries entries, Console console);

  /** Gives dead letters up. */
  int discardDeadLetters(Entries entries, Console console);

  /** Removes a record from all of the engine's tables. */
  int forget(String recordId, Console console);
}
