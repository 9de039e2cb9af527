package io.reconciler.program.command;

import io.reconciler.cli.Console;
import io.reconciler.cli.DeadLetters;
import io.reconciler.cli.Entries;
import io.reconciler.engine.repair.DeadLetterLedger;
import io.reconciler.engine.repair.LedgerKind;
import io.reconciler.engine.repair.RetryAll;
import io.reconciler.engine.run.Trigger;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What {@code dead-letters retry} and {@code discard} do, by the settings of an environment. */
final class DeadLettersProgram implements DeadLetters {

  private final LedgerAccess ledgers;

  DeadLettersProgram(UnaryOperator<@Nullable String> environment, Clock clock) {
    this.ledgers = new LedgerAccess(environment, clock);
  }

  @Override
  public int retryDeadLetters(Entries entries, Console console) {
    return ledgers.settle(
        console,
        entries,
        LedgerKind.DEAD_LETTERS,
        (opened, ids) ->
            ledgers.byRoutes(
                opened,
                engine ->
                    entries.id() == null
                        ? engine.retryAll(new RetryAll(LedgerAccess.REQUESTER, Trigger.CLI, ids))
                        : List.of(engine.retry(LedgerAccess.request(ids.get(0), null)))));
  }

  @Override
  public int discardDeadLetters(Entries entries, Console console) {
    return ledgers.settle(
        console,
        entries,
        LedgerKind.DEAD_LETTERS,
        (opened, ids) -> {
          DeadLetterLedger ledger = new DeadLetterLedger(opened.jdbc(), opened.mappings());
          return entries.id() == null
              ? ledger.discard(ids, LedgerAccess.REQUESTER)
              : List.of(ledger.discard(LedgerAccess.request(ids.get(0), null)));
        });
  }
}
