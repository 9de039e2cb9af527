package io.reconciler.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** `conflicts`: the conflict ledger. */
@Command(
    name = "conflicts",
    description = "List conflicts, show one, apply its losing value or dismiss it.",
    footer = {"Example:", "  reconciler conflicts list"})
final class ConflictsCommand extends LedgerCommand {

  ConflictsCommand(Supplier<Ledgers> ledgers, Supplier<Console> console) {
    super(Ledger.CONFLICTS, ledgers, console);
  }

  @Command(
      name = "apply",
      description = "Write the losing value to both sides, unless they have moved on.",
      footer = {"Example:", "  reconciler conflicts apply ID"})
  int apply(
      @Parameters(paramLabel = "ID", description = "The conflict's id, as list shows it.")
          String id) {
    return ledgers().applyConflict(id, console());
  }

  @Command(
      name = "dismiss",
      description = "Leave both sides as they are and settle the conflict.",
      footer = {"Example:", "  reconciler conflicts dismiss ID"})
  int dismiss(
      @Parameters(paramLabel = "ID", description = "The conflict's id, as list shows it.")
          String id) {
    return ledgers().dismissConflict(id, console());
  }
}
