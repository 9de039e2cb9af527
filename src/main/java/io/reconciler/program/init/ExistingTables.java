package io.reconciler.program.init;

import io.reconciler.side.mapping.PgType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What PostgreSQL holds already.
 *
 * @param tables the tables that this role can see, those on its search path first
 * @param schema where a new table goes; empty when the search path names no schema that is there
 * @param names the names that are taken where a new table goes, by tables and others
 */
public record ExistingTables(List<Table> tables, String schema, Set<String> names) {

  public ExistingTables {
    tables = List.copyOf(tables);
    names = Set.copyOf(names);
  }

  /** The table that a mapping calls so; empty when it is to be made. */
  Optional<Table> named(String reference) {
    return tables.stream().filter(table -> table.reference().equals(reference)).findFirst();
  }

  /** Where a statement finds or makes the table that a mapping calls so, whoever runs it. */
  String place(String reference) {
    String made =
        schema.isEmpty() || reference.contains(".")
            ? reference
            : PlainNames.quoted(schema) + "." + reference;
    return named(reference).map(Table::place).orElse(made);
  }

  /**
   * A table.
   *
   * @param visible whether its name alone finds it
   * @param parted whether its rows stand in partitions
   * @param columns in their order
   * @param uniques the columns of each unique index over every row, the primary key's first
   */
  record Table(
      String schema,
      String name,
      boolean visible,
      boolean parted,
      List<Column> columns,
      List<List<String>> uniques) {

    Table {
      columns = List.copyOf(columns);
      uniques = List.copyOf(uniques);
    }

    String reference() {
      return visible ? name : schema + "." + name;
    }

    /** Its schema and name as a statement needs them. */
    String place() {
      return PlainNames.quoted(schema) + "." + PlainNames.quoted(name);
    }

    boolean isPlain() {
      return PlainNames.isPlain(name) && (visible || PlainNames.isPlain(schema));
    }

    Optional<Column> column(String columnName) {
      return columns.stream().filter(column -> column.name().equals(columnName)).findFirst();
    }

    boolean isUnique(String... names) {
      return uniques.stream().anyMatch(index -> Set.copyOf(index).equals(Set.of(names)));
    }
  }

  /**
   * A column.
   *
   * @param described its type as DDL writes it, below any domain
   * @param labels of an enum, what it may hold
   * @param filled whether a new row gets a value by itself
   * @param settable whether it takes values
   */
  record Column(
      String name,
      String described,
      List<String> labels,
      boolean notNull,
      boolean filled,
      boolean settable) {

    private static final Pattern ROUNDED = Pattern.compile("\\(([0-9]+)\\)");

    Column {
      labels = List.copyOf(labels);
    }

    /** The type as a mapping has it; empty when no mapped column can have it. */
    Optional<PgType> type() {
      String type = plainType();
      if (type.isEmpty()) {
        return Optional.empty();
      }
      try {
        PgType parsed = PgType.parse(type);
        return parsed.isLabelled() && labels.isEmpty() ? Optional.empty() : Optional.of(parsed);
      } catch (IllegalArgumentException unknown) {
        // An enum whose name needs quotes: texts fit it.
        return labels.isEmpty()
            ? Optional.empty()
            : Optional.of(PgType.parse(type.endsWith("[]") ? "text[]" : "text"));
      }
    }

    private String plainType() {
      // Without a length it holds what text holds.
      if (described.matches("character varying(\\([0-9]+\\))?\\[]")) {
        return "text[]";
      }
      String type =
          described.equals("character varying")
              ? "text"
              : described.replaceFirst("^character varying\\(", "varchar(");
      if (!type.startsWith("timestamp") || !type.endsWith("with time zone")) {
        return type;
      }
      // Airtable keeps milliseconds: a column that rounds them off never agrees with it.
      Matcher rounded = ROUNDED.matcher(type);
      return rounded.find() && Integer.parseInt(rounded.group(1)) < 3 ? "" : "timestamptz";
    }
  }
}
