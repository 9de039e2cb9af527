package io.reconciler.program.init;

import java.util.ArrayList;
import java.util.List;

/** The text of {@code tables.sql}. Pure. */
final class TablesSql {

  private TablesSql() {}

  /** Empty when nothing is missing and nothing is on offer. */
  static String of(List<TablePlan> plans) {
    List<String> lines = new ArrayList<>();
    List<String> options = new ArrayList<>();
    for (TablePlan plan : plans) {
      if (!plan.ddl().isEmpty()) {
        lines.add("");
        lines.add("-- " + Yaml.comment(plan.source().name()));
        plan.ddl().forEach(statement -> lines.add(statement + ";"));
      }
      plan.options().forEach(statement -> options.add("-- " + statement + ";"));
    }
    if (!options.isEmpty()) {
      lines.add("");
      lines.add("-- Not needed: with these PostgreSQL itself refuses a key that is no row's.");
      lines.addAll(options);
    }
    if (lines.isEmpty()) {
      return "";
    }
    lines.add(
        0,
        "-- What PostgreSQL lacks for the mappings beside this file; `init --apply` runs it, or");
    lines.add(1, "-- psql --single-transaction --set ON_ERROR_STOP=1 --file tables.sql");
    return String.join("\n", lines) + "\n";
  }
}
