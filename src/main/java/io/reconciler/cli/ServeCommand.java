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

  private final Supplier<Server> server;
  private final Supplier<Console> console;

  ServeCommand(Supplier<Server> server, Supplier<Console> console) {
    this.server = server;
    this.console = console;
  }

  @Override
  public Integer call() {
    return server.get().serve(console.get());
  }
}
