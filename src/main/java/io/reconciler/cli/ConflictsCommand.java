package io.reconciler.cli;

import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `conflicts`: the conflict ledger. */
@Command(
    name = "conflicts",
    description = "List conflicts, show one, apply its losing value or dismiss it.",
    footer = {"Example:", "  reconciler conflicts list"})
final class ConflictsCommand extends LedgerCommand {

  private static final Set<String> SIDES = Set.of("airtable", "portal");

  @Spec private CommandSpec spec = CommandSpec.create();

  ConflictsCommand(Supplier<Ledgers> ledgers, Supplier<Console> console) {
    super(Ledger.CONFLICTS, ledgers, console);
  }

  @Command(
      name = "apply",
      description = "Write the losing value to both sides, unless they have moved on.",
      footer = {
        "Examples:",
        "  reconciler conflicts apply ID",
        "  reconciler conflicts apply ID --value portal"
      })
  int apply(
      @Parameters(paramLabel = "ID", description = "The conflict's id, as list shows it.")
          String id,
      @Option(
              names = "--value",
              paramLabel = "SIDE",
              description = {
                "Whose value: airtable or portal. Needed where both were merged.",
                "Default: that of the side that lost."
              })
          @Nullable String value) {
    if (value != null && !SIDES.contains(value)) {
      throw Usage.error(
          Usage.subcommand(spec, "apply"),
          "--value must be airtable or portal (given: " + value + ")");
    }
    return ledgers().applyConflict(id, value, console());
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
