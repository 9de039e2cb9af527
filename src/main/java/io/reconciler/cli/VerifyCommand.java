package io.reconciler.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `verify`: the comparison of both sides. */
@Command(
    name = "verify",
    header = "Compares both sides, field by field.",
    description = {
      "Reads only. Counts what is matched, different, missing and extra.",
      "Exit code 3 when there are differences."
    },
    footer = {"Example:", "  reconciler verify --json"})
final class VerifyCommand implements Callable<Integer> {

  private final Supplier<Verifier> verifier;
  private final Supplier<Console> console;

  @Option(names = "--json", description = "Print the comparison as JSON. Default: as text.")
  private boolean json;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Only this table, by the name of its mapping; may be repeated. Default: all.")
  private List<String> tables = new ArrayList<>();

  VerifyCommand(Supplier<Verifier> verifier, Supplier<Console> console) {
    this.verifier = verifier;
    this.console = console;
  }

  @Override
  public Integer call() {
    return verifier.get().verify(json, tables, console.get());
  }
}
