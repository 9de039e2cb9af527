package io.reconciler.side.postgres.rules;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.rules.Catalog.Access;
import io.reconciler.side.postgres.rules.ColumnRules.Expected;
import io.reconciler.side.postgres.rules.TableShape.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Says whether the portal's {@code leads} can hold what is mapped, and be found and written. */
final class LeadRules {

  private static final String LEADS = "leads";

  private final Mapping mapping;
  private final Enums enums;

  LeadRules(Mapping mapping, Enums enums) {
    this.mapping = mapping;
    this.enums = enums;
  }

  /** What keeps the engine from using this table, or will surprise whoever edits it. */
  List<SchemaProblem> check(TableShape table, Access access) {
    if (!table.isTable()) {
      return List.of(
          SchemaProblem.fatal(
              "leads is " + table.kindName() + "; the upserts need a table of that name", ""));
    }
    ColumnRules columns = new ColumnRules(LEADS, table.place());
    List<SchemaProblem> problems = new ArrayList<>();
    Set<String> known = mapping.columns();
    NeededColumns.LEADS.forEach(column -> problems.addAll(column(column, table, columns)));
    MappedColumns mapped = new MappedColumns(mapping, columns, enums);
    mapping.fields().forEach(field -> problems.addAll(mapped.check(field, table)));
    mapping.fields().forEach(field -> problems.addAll(NullRules.leads(field, table, columns)));
    table.columns().values().stream()
        .filter(column -> !known.contains(column.name()) && column.mustBeGiven())
        .forEach(column -> problems.add(unmapped(column, table, columns)));
    problems.addAll(IndexRules.leads(table));
    problems.addAll(AccessRules.table(table, LEADS, known, access));
    problems.addAll(RefusalRules.leads(table, mapping, access));
    problems.addAll(PolicyRules.table(table, LEADS, access));
    problems.addAll(TriggerRules.table(table, LEADS, mapping.postgres().updatedAt()));
    return problems;
  }

  private static List<SchemaProblem> column(
      Expected expected, TableShape table, ColumnRules columns) {
    Column column = table.columns().get(expected.column());
    return column != null && expected.equals(NeededColumns.ID)
        ? KeyRules.leads(column, table.place())
        : columns.check(expected, column);
  }

  private static SchemaProblem unmapped(Column column, TableShape table, ColumnRules columns) {
    if (table.mayFill()) {
      return SchemaProblem.warning(
          "leads.%s is NOT NULL without a default and not mapped: unless a trigger fills it, no lead can be inserted"
              .formatted(column.name()),
          columns.alterColumn(column, "drop not null"));
    }
    return SchemaProblem.fatal(
        "leads.%s is NOT NULL without a default and not mapped: no lead can be inserted; map it,"
                .formatted(column.name())
            + " give it a default, or let it be null",
        columns.alterColumn(column, "drop not null"));
  }
}
