package io.reconciler.side.postgres.rules;

import io.reconciler.side.mapping.Converted;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.rules.TableShape.Column;
import java.util.List;

/**
 * Says which mapped columns refuse the null that the mapping writes. The engine writes every column
 * of a row, nulls too: a column's own default does not help.
 */
final class NullRules {

  private NullRules() {}

  /** Of the portal's leads, of which no empty cell may be refused. */
  static List<SchemaProblem> leads(FieldMapping field, TableShape table, ColumnRules columns) {
    Column column = table.columns().get(field.column());
    if (column == null || !isRefusing(column, field)) {
      return List.of();
    }
    String ddl = columns.alterColumn(column, "drop not null");
    return List.of(
        isEmptyNull(field)
            ? SchemaProblem.fatal(emptyIsNull("leads", field), ddl)
            : SchemaProblem.warning(unconvertible("leads", field), ddl));
  }

  /** Of a table that its owner made: it may be meant, and records that have a value come in. */
  static List<SchemaProblem> mapped(
      FieldMapping field, Mapping mapping, TableShape table, ColumnRules columns) {
    Column column = table.columns().get(field.column());
    if (column == null || !isRefusing(column, field)) {
      return List.of();
    }
    String name = mapping.postgres().table();
    String text =
        isEmptyNull(field)
            ? emptyIsNull(name, field)
                + ": no record without a value can be inserted, and no value be emptied; or write"
                + " `not_null: true` and a `default` in the mapping"
            : unconvertible(name, field);
    return List.of(
        SchemaProblem.warning(
            mapping.places().ofField(field.column(), "column") + text,
            columns.alterColumn(column, "drop not null")));
  }

  private static boolean isRefusing(Column column, FieldMapping field) {
    return column.notNull() && !field.notNull();
  }

  private static boolean isEmptyNull(FieldMapping field) {
    return field.convert(null) instanceof Converted.Value empty && empty.value() == null;
  }

  private static String emptyIsNull(String table, FieldMapping field) {
    return "%s.%s is NOT NULL, but an empty cell is null in the mapping"
        .formatted(table, field.column());
  }

  private static String unconvertible(String table, FieldMapping field) {
    return "%s.%s is NOT NULL: a new record whose cell can't be converted is held back"
        .formatted(table, field.column());
  }
}
