package io.reconciler.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `init`: mappings and DDL for the tables of a base. */
@Command(
    name = "init",
    header = "Writes a mapping for each table of a base, and the DDL that is missing.",
    description = {
      "Reads the base's metadata and the database. Writes one mapping file a table and tables.sql;"
          + " existing tables are found by name, and so are their columns. Overwrites nothing."
          + " Everything is Airtable's until you say otherwise."
    },
    footer = {
      "Examples:",
      "  reconciler init --table Companies --table Leads --portal Leads.Notes",
      "  reconciler init --out mapping --apply",
      "Then:",
      "  export RECONCILER_MAPPING=file:mapping; reconciler check"
    })
final class InitCommand implements Callable<Integer> {

  private final Supplier<Initializer> initializer;
  private final Supplier<Console> console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--base",
      paramLabel = "BASE_ID",
      description = "The base to read. Default: AIRTABLE_BASE_ID.")
  private @Nullable String base;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Only this table, by name or id; may be repeated. Default: every table.")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--portal",
      paramLabel = "TABLE.FIELD",
      description = {
        "A field that the portal edits too; may be repeated.",
        "Default: none, everything is Airtable's."
      })
  private List<String> portal = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "mapping",
      description = "The folder for the files. Default: ${DEFAULT-VALUE}.")
  private String out = "mapping";

  @Option(
      names = "--apply",
      description = "Show the DDL, then run it in one transaction. Default: only write it.")
  private boolean apply;

  @Option(names = "--json", description = "Print the plan as JSON. Default: as text.")
  private boolean json;

  InitCommand(Supplier<Initializer> initializer, Supplier<Console> console) {
    this.initializer = initializer;
    this.console = console;
  }

  @Override
  public Integer call() {
    if (base != null) {
      Usage.checkBaseId(spec, "--base", base);
    }
    Usage.checkNotBlank(spec, "--out", out);
    InitOptions options = new InitOptions(base, tables, portal, out, apply, json);
    return initializer.get().init(options, console.get());
  }
}
