package io.reconciler.cli;

import io.reconciler.engine.repair.LedgerKind;
import java.util.Map;

/** What `list` and `show` of a ledger call; both return the exit code, of {@link ExitCode}. */
public interface Ledgers {

  /**
   * Prints what is open and passes the filters, or with all what is settled too.
   *
   * @param filters values by the filter's name
   */
  int list(
      LedgerKind ledger, boolean all, Map<String, String> filters, boolean json, Console console);

  /** Prints one entry with every value. */
  int show(LedgerKind ledger, String id, boolean json, Console console);
}
