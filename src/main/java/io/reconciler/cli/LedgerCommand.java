package io.reconciler.cli;

import io.reconciler.engine.repair.LedgerKind;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands of the ledgers of conflicts and dead letters have: `list` and `show ID`. */
abstract class LedgerCommand implements Callable<Integer> {

  private final LedgerKind ledger;
  private final Supplier<Ledgers> ledgers;
  private final Supplier<Console> console;

  LedgerCommand(LedgerKind ledger, Supplier<Ledgers> ledgers, Supplier<Console> console) {
    this.ledger = ledger;
    this.ledgers = ledgers;
    this.console = console;
  }

  /** Without a subcommand: what is open. */
  @Override
  public final Integer call() {
    return list(false, false, new FilterOptions());
  }

  final Console console() {
    return console.get();
  }

  @Command(
      name = "list",
      description = "List what is open, the newest first, under the totals of each kind.",
      footer = {
        "Examples:",
        "  ${COMMAND-FULL-NAME} --all --json",
        "  ${COMMAND-FULL-NAME} --group claim --since 24h"
      })
  int list(
      @Option(names = "--all", description = "Also what is settled. Default: only what is open.")
          boolean all,
      @Option(
              names = "--json",
              description = "Print a JSON array with every field and full values. Default: text.")
          boolean json,
      @Mixin FilterOptions filters) {
    return ledgers.get().list(ledger, all, filters.given(), json, console());
  }

  @Command(
      name = "show",
      description = "Show one entry with every field and full values.",
      footer = {"Example:", "  ${COMMAND-FULL-NAME} ID --json"})
  int show(
      @Parameters(
              paramLabel = "ID",
              description = "The entry's id, as list shows it, or the first 4 characters or more.")
          String id,
      @Option(names = "--json", description = "Print it as JSON. Default: as text.") boolean json) {
    return ledgers.get().show(ledger, id, json, console());
  }
}
