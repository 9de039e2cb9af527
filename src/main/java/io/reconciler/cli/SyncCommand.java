package io.reconciler.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `sync`: one run. */
@Command(
    name = "sync",
    header = "One run, for every active client or for one.",
    description = {"Pulls what changed in Airtable, then pushes what changed" + " in PostgreSQL."},
    footer = {
      "Examples:",
      "  reconciler sync                   what changed in the last 20 minutes",
      "  reconciler sync 6h --json         the last 6 hours, the result as JSON",
      "  reconciler sync --full --dry-run  what a full sweep would write"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the run failed; PostgreSQL or Airtable cannot be reached, for example",
      "2:wrong usage or configuration, no active client, or a schema that does not fit",
      "3:done, with errors in single records",
      "4:another run of this client is active",
      "5:a guard stopped the run",
      "130:stopped by SIGINT, as by Ctrl-C",
      "143:stopped by SIGTERM"
    })
final class SyncCommand implements Callable<Integer> {

  private static final Set<String> FIRST = Set.of("airtable", "portal", "newest");

  private final Supplier<Synchronizer> synchronizer;
  private final Supplier<Console> console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "WINDOW",
      arity = "0..1",
      description = {
        "How far back to look: minutes (45 or 20m) or hours (6h), from 1 minute to 24 hours.",
        "Default: RECONCILER_LOOKBACK_MINUTES, or 20 minutes."
      })
  private @Nullable String window;

  @Option(
      names = "--client",
      paramLabel = "BASE_ID",
      description = "Run only the client of this base. Default: every active client.")
  private @Nullable String client;

  @Option(
      names = "--full",
      description = {
        "List every record, not only those of the window; leads whose record is gone become"
            + " inactive. Default: off."
      })
  private boolean full;

  @Option(
      names = "--dry-run",
      description = "Decide, but write nothing on either side; print the plan. Default: off.")
  private boolean dryRun;

  @Option(names = "--force", description = "Go on where a guard would stop the run. Default: off.")
  private boolean force;

  @Option(
      names = "--first",
      paramLabel = "SIDE",
      description = {
        "Whose values count where the sides differ and never agreed before: airtable, portal or"
            + " newest.",
        "Default: a filled value goes over an empty one, and two filled ones are a conflict; a"
            + " first run that meets many is stopped and asks."
      })
  private @Nullable String first;

  @Option(names = "--json", description = "Print the result as JSON. Default: as text.")
  private boolean json;

  @Option(
      names = "--all",
      description = "Of a dry run print every write, not only a table. Default: off.")
  private boolean all;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Only this table, by the name of its mapping; may be repeated. Default: all.")
  private List<String> tables = new ArrayList<>();

  SyncCommand(Supplier<Synchronizer> synchronizer, Supplier<Console> console) {
    this.synchronizer = synchronizer;
    this.console = console;
  }

  @Override
  public Integer call() {
    SyncOptions options =
        new SyncOptions(minutes(), client, full, dryRun, force, first, json, all, tables);
    if (all && !dryRun) {
      throw Usage.error(spec, "--all is about the plan of --dry-run");
    }
    if (first != null && !FIRST.contains(first)) {
      throw Usage.error(spec, "--first must be airtable, portal or newest (given: " + first + ")");
    }
    if (client != null) {
      Usage.checkBaseId(spec, "--client", client);
    }
    return synchronizer.get().sync(options, console.get());
  }

  private @Nullable Integer minutes() {
    try {
      return window == null ? null : Window.minutes(window);
    } catch (IllegalArgumentException e) {
      throw Usage.error(spec, String.valueOf(e.getMessage()));
    }
  }
}
