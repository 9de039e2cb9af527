package io.reconciler.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `check`: the preflight. */
@Command(
    name = "check",
    header = "Preflight: what is set up, what is not, and what to do about it.",
    description = {
      "Reads only. Looks at environment, database, schema, active client, Airtable token, base,"
          + " table, each mapped field and its type; one line each, with what to do."
    },
    footer = {"Example:", "  reconciler check --json"})
final class CheckCommand implements Callable<Integer> {

  private final Supplier<Checker> checker;
  private final Supplier<Console> console;

  @Option(names = "--json", description = "Print the findings as JSON. Default: as text.")
  private boolean json;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Only this table, by the name of its mapping; may be repeated. Default: all.")
  private List<String> tables = new ArrayList<>();

  CheckCommand(Supplier<Checker> checker, Supplier<Console> console) {
    this.checker = checker;
    this.console = console;
  }

  @Override
  public Integer call() {
    return checker.get().check(json, tables, console.get());
  }
}
