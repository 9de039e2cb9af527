package io.reconciler.cli;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `dead-letters`: what could not be applied. */
@Command(
    name = "dead-letters",
    description = "List dead letters, show one, retry or discard it.",
    footer = {"Example:", "  reconciler dead-letters retry --all"})
final class DeadLettersCommand extends LedgerCommand {

  @Spec private CommandSpec spec = CommandSpec.create();

  DeadLettersCommand(Supplier<Ledgers> ledgers, Supplier<Console> console) {
    super(Ledger.DEAD_LETTERS, ledgers, console);
  }

  @Command(
      name = "retry",
      description = "Try one dead letter again, or all that are open.",
      footer = {
        "Examples:",
        "  reconciler dead-letters retry ID",
        "  reconciler dead-letters retry --all"
      })
  int retry(
      @Parameters(
              paramLabel = "ID",
              arity = "0..1",
              description = "The dead letter's id, as list shows it.")
          @Nullable String id,
      @Option(names = "--all", description = "All that are open. Default: the one given.")
          boolean all) {
    if (all == (id != null)) {
      throw Usage.error(Usage.subcommand(spec, "retry"), "give either an ID or --all");
    }
    return ledgers().retryDeadLetter(id, console());
  }

  @Command(
      name = "discard",
      description = "Give one dead letter up; it stays listed until a value changes.",
      footer = {"Example:", "  reconciler dead-letters discard ID"})
  int discard(
      @Parameters(paramLabel = "ID", description = "The dead letter's id, as list shows it.")
          String id) {
    return ledgers().discardDeadLetter(id, console());
  }
}
