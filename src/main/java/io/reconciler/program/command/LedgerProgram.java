package io.reconciler.program.command;

import io.reconciler.cli.Console;
import io.reconciler.cli.Ledgers;
import io.reconciler.engine.repair.LedgerFilter;
import io.reconciler.engine.repair.LedgerKind;
import io.reconciler.program.report.LedgerViews;
import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What {@code list} and {@code show} of a ledger do, by the settings of an environment. */
final class LedgerProgram implements Ledgers {

  private final LedgerAccess ledgers;

  LedgerProgram(UnaryOperator<@Nullable String> environment, Clock clock) {
    this.ledgers = new LedgerAccess(environment, clock);
  }

  @Override
  public int list(
      LedgerKind ledger, boolean all, Map<String, String> filters, boolean json, Console console) {
    return ledgers.open(
        console,
        filters,
        opened -> {
          LedgerFilter filter = ledgers.filter(opened, ledger, all, filters);
          return views(opened, console).list(ledger, filter, !filters.isEmpty(), json);
        });
  }

  @Override
  public int show(LedgerKind ledger, String id, boolean json, Console console) {
    return ledgers.open(console, Map.of(), opened -> views(opened, console).show(ledger, id, json));
  }

  private static LedgerViews views(LedgerAccess.Opened opened, Console console) {
    return new LedgerViews(opened.reader(), opened.mappings(), console);
  }
}
