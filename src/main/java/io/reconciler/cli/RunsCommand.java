package io.reconciler.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** `runs`: the ledger of runs. */
@Command(
    name = "runs",
    description = "List the runs, or show one.",
    footer = {"Example:", "  reconciler runs list --all"})
final class RunsCommand extends LedgerCommand {

  RunsCommand(Supplier<Ledgers> ledgers, Supplier<Console> console) {
    super(Ledger.RUNS, ledgers, console);
  }
}
