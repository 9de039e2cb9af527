package io.reconciler.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** `serve`: the service. */
@Command(
    name = "serve",
    header = "Runs on a schedule, with REST API and admin page, until stopped.",
    description = {
      "Runs every active client on a schedule, with the REST API, the admin page and metrics, until it"
          + " is stopped; SIGTERM lets the current page finish."
    },
    footer = {"Example:", "  reconciler serve"})
final class ServeCommand implements Callable<Integer> {

  private final Supplier<Program> program;
  private final Supplier<Console> console;

  ServeCommand(Supplier<Program> program, Supplier<Console> console) {
    this.program = program;
    this.console = console;
  }

  @Override
  public Integer call() {
    return program.get().serve(console.get());
  }
}
