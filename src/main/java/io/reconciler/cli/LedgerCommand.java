package io.reconciler.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands of all ledgers have: `list` and `show ID`. */
class LedgerCommand implements Callable<Integer> {

  private final Ledger ledger;
  private final Supplier<Ledgers> ledgers;
  private final Supplier<Console> console;

  LedgerCommand(Ledger ledger, Supplier<Ledgers> ledgers, Supplier<Console> console) {
    this.ledger = ledger;
    this.ledgers = ledgers;
    this.console = console;
  }

  /** Without a subcommand: what is open. */
  @Override
  public final Integer call() {
    return list(false, false);
  }

  final Ledgers ledgers() {
    return ledgers.get();
  }

  final Console console() {
    return console.get();
  }

  @Command(
      name = "list",
      description = "List what is open, the newest first.",
      footer = {"Example:", "  ${COMMAND-FULL-NAME} --all --json"})
  int list(
      @Option(names = "--all", description = "Also what is settled. Default: only what is open.")
          boolean all,
      @Option(
              names = "--json",
              description = "Print a JSON array with every field and full values. Default: text.")
          boolean json) {
    return ledgers().list(ledger, all, json, console());
  }

  @Command(
      name = "show",
      description = "Show one entry with every field and full values.",
      footer = {"Example:", "  ${COMMAND-FULL-NAME} ID --json"})
  int show(
      @Parameters(paramLabel = "ID", description = "The entry's id, as list shows it.") String id,
      @Option(names = "--json", description = "Print it as JSON. Default: as text.") boolean json) {
    return ledgers().show(ledger, id, json, console());
  }
}
