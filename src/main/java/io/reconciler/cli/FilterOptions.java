package io.reconciler.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * The options that pick entries of a ledger; what several of them ask for has to be true at once.
 */
final class FilterOptions {

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "Only this field group, for example claim or notes.")
  private @Nullable String group;

  @Option(
      names = "--field",
      paramLabel = "FIELD",
      description = "Only this field, by its column or its name in Airtable.")
  private @Nullable String field;

  @Option(
      names = "--winner",
      paramLabel = "SIDE",
      description = "Only conflicts that airtable or portal won, or that were merged.")
  private @Nullable String winner;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description =
          "Only with this in the reason; of a conflict: the policy, or why it is settled.")
  private @Nullable String reason;

  @Option(
      names = "--client",
      paramLabel = "BASE_ID",
      description = "Only of the client of this base.")
  private @Nullable String client;

  @Option(
      names = "--run",
      paramLabel = "RUN_ID",
      description = "Only of this run: where a conflict arose, where a value failed last.")
  private @Nullable String run;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only from then on: 90m, 6h or 3d ago, a day, or a time (UTC).")
  private @Nullable String since;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Only of this table, by the name of its mapping.")
  private @Nullable String table;

  /** What was given, by the filter's name. */
  Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    put(given, "group", group);
    put(given, "field", field);
    put(given, "winner", winner);
    put(given, "reason", reason);
    put(given, "client", client);
    put(given, "run", run);
    put(given, "since", since);
    put(given, "table", table);
    return given;
  }

  /** The one entry, or all that these filters leave; an error of the command when it is unclear. */
  Entries entries(CommandSpec command, @Nullable String id, boolean all) {
    Map<String, String> given = given();
    if (all == (id != null)) {
      throw Usage.error(command, "give either an ID or --all");
    }
    if (id != null && !given.isEmpty()) {
      throw Usage.error(
          command, "--" + given.keySet().iterator().next() + " goes with --all, not with an ID");
    }
    return new Entries(id, given);
  }

  private static void put(Map<String, String> given, String name, @Nullable String value) {
    if (value != null) {
      given.put(name, value);
    }
  }
}
