package io.reconciler.side.postgres.statement;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which columns of a table may hold something else than was written into them: any, where there is
 * a trigger, and those of another precision than their mapping says.
 */
public final class AlteringColumns {

  /** Stands for every column: a trigger may alter any. */
  public static final String ANY = "*";

  private final Mapping mapping;

  AlteringColumns(Mapping mapping) {
    this.mapping = mapping;
  }

  /** A query of their names. */
  String names() {
    String table = "cast(" + Columns.literal(Columns.table(mapping)) + " as regclass)";
    String trigger =
        "select "
            + Columns.literal(ANY)
            + " as name where exists (select from pg_trigger where tgrelid = "
            + table
            + " and not tgisinternal and (tgtype & 20) <> 0 and tgenabled not in ('D', 'R'))";
    String narrow = narrow();
    return narrow.isEmpty()
        ? trigger
        : trigger
            + " union all select cast(col.name as text) from (select a.attname as name,"
            + " coalesce(d.typname, y.typname) as type,"
            + " case y.typtype when 'd' then y.typtypmod else a.atttypmod end as modifier"
            + " from pg_attribute a join pg_type y on y.oid = a.atttypid"
            + " left join pg_type d on y.typtype = 'd' and d.oid = y.typbasetype"
            + " where a.attrelid = "
            + table
            + " and a.attnum > 0 and not a.attisdropped) col where "
            + narrow;
  }

  // One condition for all columns of a type: a table has many texts.
  private String narrow() {
    Map<String, List<FieldMapping>> conditions = new LinkedHashMap<>();
    for (FieldMapping field : mapping.airtableFields()) {
      if (!field.isLinked()) {
        ColumnPrecision.alters(field.type())
            .ifPresent(
                condition ->
                    conditions.computeIfAbsent(condition, c -> new ArrayList<>()).add(field));
      }
    }
    return conditions.entrySet().stream()
        .map(
            entry ->
                "(col.name in ("
                    + entry.getValue().stream()
                        .map(field -> Columns.literal(field.column()))
                        .collect(Collectors.joining(", "))
                    + ") and ("
                    + entry.getKey()
                    + "))")
        .collect(Collectors.joining(" or "));
  }
}
