package io.reconciler.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `demo`: a tour that needs no account and no server. */
@Command(
    name = "demo",
    header = "A tour that needs no account and no server.",
    description = {
      "Syncs a sandbox Airtable with a PostgreSQL of"
          + " its own, edits leads on both sides, syncs again, and stays up with the admin page"
          + " until Ctrl-C."
    },
    footer = {"Example:", "  reconciler demo --leads 200 --once"})
final class DemoCommand implements Callable<Integer> {

  private final Supplier<Demonstrator> demonstrator;
  private final Supplier<Console> console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--leads",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many leads the sandbox holds, 1 to 50000. Default: ${DEFAULT-VALUE}.")
  private int leads;

  @Option(
      names = "--port",
      paramLabel = "P",
      description = {
        "TCP port of the admin page, 0 to 65535; 0 takes any free port.",
        "Default: 8080, or a free port when that is taken."
      })
  private @Nullable Integer port;

  @Option(
      names = "--once",
      description = "End after the second sync instead of staying up. Default: off.")
  private boolean once;

  DemoCommand(Supplier<Demonstrator> demonstrator, Supplier<Console> console) {
    this.demonstrator = demonstrator;
    this.console = console;
  }

  @Override
  public Integer call() {
    Usage.checkRange(spec, "--leads", leads, 1, 50_000);
    if (port != null) {
      Usage.checkRange(spec, "--port", port, 0, 65_535);
    }
    return demonstrator.get().demo(new DemoOptions(leads, port, once), console.get());
  }
}
