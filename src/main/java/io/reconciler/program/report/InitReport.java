package io.reconciler.program.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.cli.Console;
import io.reconciler.cli.InitOptions;
import io.reconciler.program.init.BasePlan;
import io.reconciler.program.init.InitFiles;
import io.reconciler.program.init.PlannedField;
import io.reconciler.program.init.TablePlan;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.text.Counted;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Says what {@code init} proposes, as text or as JSON. */
public final class InitReport {

  private final String base;
  private final BasePlan plan;
  private final List<TablePlan> plans;
  private final InitFiles files;
  private final InitOptions options;
  private final Console console;

  public InitReport(
      String base, BasePlan plan, InitFiles files, InitOptions options, Console console) {
    this.base = base;
    this.plan = plan;
    this.plans = plan.tables();
    this.files = files;
    this.options = options;
    this.console = console;
  }

  /** The DDL that is about to be run; beside the JSON, where that is the result. */
  public void show(List<String> ddl) {
    PrintStream stream = options.json() ? console.err() : console.out();
    ddl.forEach(statement -> stream.println(statement + ";"));
    stream.println();
  }

  public void print(List<Path> written) {
    if (options.json()) {
      console.out().println(json(written).toPrettyString());
    } else {
      text(written);
    }
  }

  private void text(List<Path> written) {
    for (TablePlan table : plans) {
      console.line(line(table));
      table.remarks().forEach(remark -> console.line("  " + remark));
    }
    plan.leftOut()
        .forEach(table -> console.line(table.source().name() + ": left out: " + table.reason()));
    console.out().println();
    written.forEach(file -> console.line("written: " + file));
    long statements = statements();
    if (options.apply()) {
      console.line(
          statements == 0
              ? "PostgreSQL lacks nothing."
              : "done: " + Counted.of(statements, "statement") + " in PostgreSQL");
    } else if (statements > 0) {
      console.line(
          "PostgreSQL lacks what tables.sql makes: read it, then run it, or init again with --apply.");
    }
    console.out().println();
    console.line("Next: read the mappings, say what is the portal's, then");
    console.line("  export RECONCILER_MAPPING=file:" + options.out());
    console.line("  ./reconciler check");
    console.line("  ./reconciler sync --full --dry-run");
  }

  private long statements() {
    return plans.stream().mapToLong(plan -> plan.ddl().size()).sum();
  }

  private String line(TablePlan plan) {
    String start = "%s -> %s: ".formatted(plan.source().name(), plan.mapping().postgres().table());
    if (plan.isKept()) {
      return start + files.file(plan) + " is there and stays as it is";
    }
    long mapped = plan.mappedFields();
    long out = plan.fields().size() - mapped;
    return start
        + (plan.isNew() ? "a new table, " : "a table that is there, ")
        + Counted.of(mapped, "field")
        + " mapped, %,d left out".formatted(out);
  }

  private ObjectNode json(List<Path> written) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("baseId", base).put("applied", options.apply());
    ArrayNode paths = json.putArray("files");
    written.forEach(file -> paths.add(file.toString()));
    ArrayNode ddl = json.putArray("ddl");
    ArrayNode tables = json.putArray("tables");
    for (TablePlan table : plans) {
      table.ddl().forEach(ddl::add);
      tables.add(table(table));
    }
    ArrayNode leftOut = json.putArray("leftOut");
    plan.leftOut()
        .forEach(
            table ->
                leftOut
                    .addObject()
                    .put("table", table.source().name())
                    .put("tableId", table.source().id())
                    .put("reason", table.reason()));
    return json;
  }

  private ObjectNode table(TablePlan plan) {
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    table
        .put("name", plan.mapping().name())
        .put("table", plan.source().name())
        .put("tableId", plan.source().id())
        .put("postgresTable", plan.mapping().postgres().table())
        .put("file", files.file(plan).toString())
        .put("isNew", plan.isNew())
        .put("isKept", plan.isKept());
    plan.remarks().forEach(table.putArray("remarks")::add);
    ArrayNode fields = table.putArray("fields");
    plan.fields().forEach(field -> fields.add(field(field)));
    return table;
  }

  private static ObjectNode field(PlannedField planned) {
    ObjectNode field = JsonNodeFactory.instance.objectNode();
    field
        .put("field", planned.source().name())
        .put("fieldId", planned.source().id())
        .put("type", planned.source().type());
    FieldMapping mapped = planned.mapped();
    if (mapped != null) {
      field
          .put("column", mapped.column())
          .put("columnType", mapped.type().sql())
          .put("conversion", mapped.conversion().kind().label())
          .put("to", mapped.conversion().to())
          .put("owner", mapped.owner().label());
    }
    return field.put("leftOut", mapped == null).put("remark", planned.remark());
  }
}
