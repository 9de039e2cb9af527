package io.reconciler.program.command;

import io.reconciler.cli.Conflicts;
import io.reconciler.cli.Console;
import io.reconciler.cli.Entries;
import io.reconciler.engine.repair.ConflictLedger;
import io.reconciler.engine.repair.LedgerKind;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What {@code conflicts apply} and {@code dismiss} do, by the settings of an environment. */
final class ConflictsProgram implements Conflicts {

  private final LedgerAccess ledgers;

  ConflictsProgram(UnaryOperator<@Nullable String> environment, Clock clock) {
    this.ledgers = new LedgerAccess(environment, clock);
  }

  @Override
  public int applyConflicts(Entries entries, @Nullable String value, Console console) {
    return ledgers.settle(
        console,
        entries,
        LedgerKind.CONFLICTS,
        (opened, ids) ->
            ledgers.byRoutes(
                opened,
                engine ->
                    new OneByOne(console)
                        .settle(ids, id -> engine.applyConflict(LedgerAccess.request(id, value)))));
  }

  @Override
  public int dismissConflicts(Entries entries, Console console) {
    return ledgers.settle(
        console,
        entries,
        LedgerKind.CONFLICTS,
        (opened, ids) -> {
          ConflictLedger ledger = new ConflictLedger(opened.jdbc());
          return entries.id() == null
              ? ledger.dismiss(ids, LedgerAccess.REQUESTER)
              : List.of(ledger.dismiss(LedgerAccess.request(ids.get(0), null)));
        });
  }
}
