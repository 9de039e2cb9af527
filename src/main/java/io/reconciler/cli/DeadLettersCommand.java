package io.reconciler.cli;

import io.reconciler.engine.repair.LedgerKind;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `dead-letters`: what could not be applied. */
@Command(
    name = "dead-letters",
    description = "List dead letters, show one, retry or discard them.",
    footer = {"Example:", "  reconciler dead-letters retry --all"})
final class DeadLettersCommand extends LedgerCommand {

  private final Supplier<DeadLetters> letters;

  @Spec private CommandSpec spec = CommandSpec.create();

  DeadLettersCommand(
      Supplier<Ledgers> ledgers, Supplier<DeadLetters> letters, Supplier<Console> console) {
    super(LedgerKind.DEAD_LETTERS, ledgers, console);
    this.letters = letters;
  }

  @Command(
      name = "retry",
      description = "Try one dead letter again, or all that are open.",
      footer = {
        "Examples:",
        "  reconciler dead-letters retry ID",
        "  reconciler dead-letters retry --all",
        "  reconciler dead-letters retry --all --field \"Claimed By\""
      })
  int retry(
      @Parameters(
              paramLabel = "ID",
              arity = "0..1",
              description = "The dead letter's id, as list shows it, or its beginning.")
          @Nullable String id,
      @Option(names = "--all", description = "All that are open and pass the filters.") boolean all,
      @Mixin FilterOptions filters) {
    Entries entries = filters.entries(Usage.subcommand(spec, "retry"), id, all);
    return letters.get().retryDeadLetters(entries, console());
  }

  @Command(
      name = "discard",
      description = "Give dead letters up; they stay listed until a value changes.",
      footer = {
        "Examples:",
        "  reconciler dead-letters discard ID",
        "  reconciler dead-letters discard --all --reason \"not a UUID\""
      })
  int discard(
      @Parameters(
              paramLabel = "ID",
              arity = "0..1",
              description = "The dead letter's id, as list shows it, or its beginning.")
          @Nullable String id,
      @Option(names = "--all", description = "All that are open and pass the filters.") boolean all,
      @Mixin FilterOptions filters) {
    Entries entries = filters.entries(Usage.subcommand(spec, "discard"), id, all);
    return letters.get().discardDeadLetters(entries, console());
  }
}
