package io.reconciler.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `forget`: removes a record from the engine's tables. */
@Command(
    name = "forget",
    description =
        "Remove a record from all of the engine's tables: ledgers, agreed values, texts of runs.",
    footer = {
      "Its lead and its Airtable record stay; delete them first, or the next run knows it again.",
      "Example:",
      "  reconciler forget recAbCdEfGhIjKlMn"
    })
final class ForgetCommand implements Callable<Integer> {

  private static final int LONGEST = 255;

  private final Supplier<Forgetter> forgetter;
  private final Supplier<Console> console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "RECORD_ID", description = "The id of the Airtable record.")
  private String record = "";

  ForgetCommand(Supplier<Forgetter> forgetter, Supplier<Console> console) {
    this.forgetter = forgetter;
    this.console = console;
  }

  @Override
  public Integer call() {
    // A shorter text would be found in texts that are about others.
    if (!record.matches("[0-9A-Za-z]{4," + LONGEST + "}")) {
      throw Usage.error(spec, "RECORD_ID must be an id such as recAbCdEfGhIjKlMn");
    }
    return forgetter.get().forget(record, console.get());
  }
}
