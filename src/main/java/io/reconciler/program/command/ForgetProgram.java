package io.reconciler.program.command;

import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.cli.Forgetter;
import io.reconciler.engine.repair.Retention;
import io.reconciler.program.report.LedgerText;
import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What {@code forget} does, by the settings of an environment. */
final class ForgetProgram implements Forgetter {

  private final LedgerAccess ledgers;

  ForgetProgram(UnaryOperator<@Nullable String> environment, Clock clock) {
    this.ledgers = new LedgerAccess(environment, clock);
  }

  @Override
  public int forget(String recordId, Console console) {
    return ledgers.open(
        console,
        Map.of(),
        opened -> {
          int days = opened.settings().storage().retentionDays();
          Retention.Forgotten gone =
              new Retention(opened.jdbc(), opened.mappings(), days).forget(recordId);
          console.line(LedgerText.forgotten(recordId, gone));
          if (gone.hasLead()) {
            console.complain("its lead is still in leads: the next run that meets it agrees anew");
          }
          return ExitCode.DONE;
        });
  }
}
