package io.reconciler.side.postgres.rules;

import io.reconciler.side.postgres.rules.Catalog.Access;
import io.reconciler.side.postgres.rules.ColumnRules.Expected;
import java.util.ArrayList;
import java.util.List;

/** Says whether the portal's {@code clients} tell whom to reconcile with which base. */
final class ClientRules {

  private ClientRules() {}

  /** What keeps the engine from knowing its clients by this table. */
  static List<SchemaProblem> clients(TableShape table, Access access) {
    ColumnRules rules = new ColumnRules("clients", table.place());
    List<String> known = NeededColumns.CLIENTS.stream().map(Expected::column).toList();
    List<SchemaProblem> problems = new ArrayList<>();
    NeededColumns.CLIENTS.forEach(
        column -> problems.addAll(rules.check(column, table.columns().get(column.column()))));
    problems.addAll(AccessRules.clients(table, known, access));
    problems.addAll(PolicyRules.clients(table, access));
    problems.addAll(IndexRules.clients(table));
    problems.addAll(unfilled(table, known, rules));
    return problems;
  }

  private static List<SchemaProblem> unfilled(
      TableShape table, List<String> known, ColumnRules rules) {
    return table.columns().values().stream()
        .filter(column -> !known.contains(column.name()) && column.mustBeGiven())
        .map(
            column ->
                SchemaProblem.warning(
                    "clients.%s is NOT NULL without a default: client add can't fill it"
                        .formatted(column.name()),
                    rules.alterColumn(column, "drop not null")))
        .toList();
  }
}
