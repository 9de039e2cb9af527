package io.reconciler.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `tables`: the mappings in use. */
@Command(
    name = "tables",
    header = "The tables that are mapped, in the order in which they are pulled.",
    description = {
      "Reads only. Airtable's table, PostgreSQL's, its rows, how many fields each side owns, and up"
          + " to when it is pulled."
    },
    footer = {"Example:", "  reconciler tables --json"})
final class TablesCommand implements Callable<Integer> {

  private final Supplier<Tables> tables;
  private final Supplier<Console> console;

  @Option(names = "--json", description = "Print an array with every table. Default: as text.")
  private boolean json;

  TablesCommand(Supplier<Tables> tables, Supplier<Console> console) {
    this.tables = tables;
    this.console = console;
  }

  @Override
  public Integer call() {
    return tables.get().tables(json, console.get());
  }
}
