package io.reconciler.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `sandbox`: an Airtable of our own to try things on. */
@Command(
    name = "sandbox",
    header = "An Airtable server of our own, to try init and sync on without an account.",
    description = {
      "Listens on 127.0.0.1 until Ctrl-C, with an invented base of fields of every type, and with"
          + " Airtable's limits. Nothing is kept."
    },
    footer = {"Example:", "  reconciler sandbox --tables 3 --fields 60"})
final class SandboxCommand implements Callable<Integer> {

  private static final int LEAST_FIELDS = 12;

  private final Supplier<SandboxServer> server;
  private final Supplier<Console> console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "TCP port, 1 to 65535. Default: a free one.")
  private @Nullable Integer port;

  @Option(
      names = "--tables",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many tables, 1 to 20. Default: ${DEFAULT-VALUE}.")
  private int tables;

  @Option(
      names = "--fields",
      paramLabel = "N",
      description = "How many fields in all, 12 to 100 a table. Default: 22 a table.")
  private @Nullable Integer fields;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many records a table, 0 to 10000. Default: ${DEFAULT-VALUE}.")
  private int records;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same base for the same number. Default: ${DEFAULT-VALUE}.")
  private long seed;

  SandboxCommand(Supplier<SandboxServer> server, Supplier<Console> console) {
    this.server = server;
    this.console = console;
  }

  @Override
  public Integer call() {
    Usage.checkRange(spec, "--tables", tables, 1, 20);
    int all = fields == null ? 22 * tables : fields;
    Usage.checkRange(spec, "--fields", all, LEAST_FIELDS * tables, 100 * tables);
    Usage.checkRange(spec, "--records", records, 0, 10_000);
    if (port != null) {
      Usage.checkRange(spec, "--port", port, 1, 65_535);
    }
    SandboxRequest request = new SandboxRequest(port, tables, all, records, seed);
    return server.get().sandbox(request, console.get());
  }
}
