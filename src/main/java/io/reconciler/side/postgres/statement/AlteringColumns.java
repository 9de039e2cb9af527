package io.reconciler.side.postgres.statement;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PgType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which columns of a table may hold something else than was written into them: any, where there is
 * a trigger, and those that are narrower than their mapping says. PostgreSQL rounds a number and
 * cuts blanks without a word.
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
        narrower(field.type())
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

  // What a modifier says: of a text its length and four bytes, of a number its digits and decimals.
  private static Optional<String> narrower(PgType type) {
    return Optional.ofNullable(
        switch (type.base()) {
          case VARCHAR -> text("col.modifier between 4 and " + (type.length() + 3));
          case TEXT, CITEXT, TEXT_ARRAY -> text("col.modifier >= 4");
          case SMALLINT, INTEGER, BIGINT ->
              "col.type in ('float4', 'float8') or (col.type = 'numeric' and col.modifier >= 0)";
          case NUMERIC ->
              "col.type <> 'numeric' or (col.modifier >= 0 and col.modifier <> "
                  + (type.length() == 0 ? -1 : ((type.length() << 16) | type.scale()) + 4)
                  + ")";
          // Of a double the cast to numeric keeps 15 digits, two fewer than it may have.
          case DOUBLE_PRECISION -> "col.type <> 'float8'";
          case TIMESTAMPTZ -> "col.type <> 'timestamptz' or col.modifier between 0 and 5";
          case BOOLEAN, DATE, UUID, ENUM, UUID_ARRAY, BIGINT_ARRAY, JSONB -> null;
        });
  }

  private static String text(String shorter) {
    return "col.type in ('bpchar', '_bpchar') or (col.type in ('varchar', '_varchar') and "
        + shorter
        + ")";
  }
}
