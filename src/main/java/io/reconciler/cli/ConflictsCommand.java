package io.reconciler.cli;

import io.reconciler.engine.repair.LedgerKind;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `conflicts`: the conflict ledger. */
@Command(
    name = "conflicts",
    description = "List conflicts, show one, apply losing values or dismiss them.",
    footer = {"Example:", "  reconciler conflicts list"})
final class ConflictsCommand extends LedgerCommand {

  private static final Set<String> SIDES = Set.of("airtable", "portal");

  private final Supplier<Conflicts> conflicts;

  @Spec private CommandSpec spec = CommandSpec.create();

  ConflictsCommand(
      Supplier<Ledgers> ledgers, Supplier<Conflicts> conflicts, Supplier<Console> console) {
    super(LedgerKind.CONFLICTS, ledgers, console);
    this.conflicts = conflicts;
  }

  @Command(
      name = "apply",
      description = "Write the losing value to both sides, unless they have moved on.",
      footer = {
        "Examples:",
        "  reconciler conflicts apply ID",
        "  reconciler conflicts apply ID --value portal",
        "  reconciler conflicts apply --all --group claim --winner airtable --since 24h"
      })
  int apply(
      @Parameters(
              paramLabel = "ID",
              arity = "0..1",
              description = "The conflict's id, as list shows it, or its beginning.")
          @Nullable String id,
      @Option(names = "--all", description = "All that are open and pass the filters, one by one.")
          boolean all,
      @Option(
              names = "--value",
              paramLabel = "SIDE",
              description = {
                "Whose value: airtable or portal. Needed where both were merged.",
                "Default: that of the side that lost."
              })
          @Nullable String value,
      @Mixin FilterOptions filters) {
    CommandSpec command = Usage.subcommand(spec, "apply");
    if (value != null && !SIDES.contains(value)) {
      throw Usage.error(command, "--value must be airtable or portal (given: " + value + ")");
    }
    return conflicts.get().applyConflicts(filters.entries(command, id, all), value, console());
  }

  @Command(
      name = "dismiss",
      description = "Leave both sides as they are and settle the conflict.",
      footer = {
        "Examples:",
        "  reconciler conflicts dismiss ID",
        "  reconciler conflicts dismiss --all --run RUN_ID"
      })
  int dismiss(
      @Parameters(
              paramLabel = "ID",
              arity = "0..1",
              description = "The conflict's id, as list shows it, or its beginning.")
          @Nullable String id,
      @Option(names = "--all", description = "All that are open and pass the filters.") boolean all,
      @Mixin FilterOptions filters) {
    Entries entries = filters.entries(Usage.subcommand(spec, "dismiss"), id, all);
    return conflicts.get().dismissConflicts(entries, console());
  }
}
