package io.reconciler.cli;

import io.reconciler.engine.repair.LedgerKind;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `runs`: the ledger of runs. */
@Command(
    name = "runs",
    description = "List the runs, or show one.",
    footer = {"Example:", "  reconciler runs list --all"})
final class RunsCommand implements Callable<Integer> {

  private final Supplier<Ledgers> ledgers;
  private final Supplier<Console> console;

  RunsCommand(Supplier<Ledgers> ledgers, Supplier<Console> console) {
    this.ledgers = ledgers;
    this.console = console;
  }

  /** Without a subcommand: the runs of the last days. */
  @Override
  public Integer call() {
    return list(false, false);
  }

  @Command(
      name = "list",
      description = {
        "List the runs of the last 7 days, the newest first.",
        "With what each pulled and pushed, its conflicts and its errors."
      },
      footer = {"Example:", "  reconciler runs list --all --json"})
  int list(
      @Option(
              names = "--all",
              description = "Also older runs, as long as they are kept. Default: 7 days.")
          boolean all,
      @Option(
              names = "--json",
              description = "Print a JSON array with the whole result of each. Default: text.")
          boolean json) {
    return ledgers.get().list(LedgerKind.RUNS, all, Map.of(), json, console.get());
  }

  @Command(
      name = "show",
      description = "Show what one run did: its counts, its errors, and who asked for it.",
      footer = {"Example:", "  reconciler runs show ID --json"})
  int show(
      @Parameters(
              paramLabel = "ID",
              description = "The run's id, as list shows it, or the first 4 characters or more.")
          String id,
      @Option(names = "--json", description = "Print it as sync --json does. Default: as text.")
          boolean json) {
    return ledgers.get().show(LedgerKind.RUNS, id, json, console.get());
  }
}
