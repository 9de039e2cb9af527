package io.reconciler.side.postgres.rules;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.PgType.Base;
import io.reconciler.side.postgres.rules.TableShape.Column;
import io.reconciler.side.postgres.statement.ColumnDefinitions;
import io.reconciler.side.postgres.statement.ColumnPrecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says whether a column can hold the values that it is for, and which statement makes it so. */
final class ColumnRules {

  private static final Set<String> TEXTS = Set.of("varchar", "text", "citext");
  private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");
  private static final Set<String> NUMBERS =
      Set.of("int2", "int4", "int8", "numeric", "float4", "float8");
  private static final Set<String> ZONELESS = Set.of("timestamp", "date");
  private static final Map<Base, Set<String>> FITTING =
      Map.ofEntries(
          Map.entry(Base.VARCHAR, TEXTS),
          Map.entry(Base.TEXT, TEXTS),
          Map.entry(Base.CITEXT, TEXTS),
          Map.entry(Base.SMALLINT, INTEGERS),
          Map.entry(Base.INTEGER, INTEGERS),
          Map.entry(Base.BIGINT, Set.of("int8", "numeric")),
          Map.entry(Base.NUMERIC, Set.of("numeric")),
          Map.entry(Base.DOUBLE_PRECISION, Set.of("float8", "numeric")),
          Map.entry(Base.BOOLEAN, Set.of("bool")),
          Map.entry(Base.TIMESTAMPTZ, Set.of("timestamptz")),
          Map.entry(Base.DATE, Set.of("date")),
          Map.entry(Base.UUID, Set.of("uuid")),
          Map.entry(Base.TEXT_ARRAY, Set.of("_text", "_varchar", "_citext")),
          Map.entry(Base.UUID_ARRAY, Set.of("_uuid")),
          Map.entry(Base.BIGINT_ARRAY, Set.of("_int8")),
          Map.entry(Base.JSONB, Set.of("jsonb")));

  /** Airtable keeps milliseconds: a column that rounds them off never agrees with it. */
  private static final int MILLISECONDS = 3;

  private final String table;
  private final String place;

  /** Of a table that texts call so, and statements by its schema too. */
  ColumnRules(String table, String place) {
    this.table = table;
    this.place = place;
  }

  List<SchemaProblem> check(Expected expected, @Nullable Column column) {
    if (column == null) {
      return List.of(
          SchemaProblem.fatal(
              table + " has no column " + expected.column(),
              alter("add column " + expected.definition())));
    }
    List<SchemaProblem> problems = new ArrayList<>();
    if (isLabelled(expected.type(), column)) {
      problems.add(labelled(column));
    } else if (!fits(expected.type(), column)) {
      problems.add(unfit(expected, column));
    } else if (expected.length() > 0 && column.length() < expected.length()) {
      problems.add(tooShort(expected, column));
    }
    if (problems.isEmpty()
        && ColumnPrecision.losesDigits(expected.type(), column.type(), column.modifier())) {
      problems.add(narrow(expected, column));
    }
    if (expected.type().base() == Base.INTEGER && column.type().equals("int8")) {
      problems.add(
          SchemaProblem.warning(
              "%s.%s is bigint, wider than integer: what is no integer goes to the dead letters"
                  .formatted(table, column.name()),
              alterColumn(column, "type integer")));
    }
    if (column.refusesValues()) {
      problems.add(
          SchemaProblem.fatal(
              "%s.%s is filled by PostgreSQL itself and takes no values"
                  .formatted(table, column.name()),
              alterColumn(column, column.generated() ? "drop expression" : "drop identity")));
    }
    return problems;
  }

  /** A column that must be a time and is something else. */
  SchemaProblem notATime(Column column) {
    return unfit(
        new Expected(
            column.name(),
            new PgType(Base.TIMESTAMPTZ, 0),
            0,
            "",
            column.hasDefault() ? " default now()" : ""),
        column);
  }

  private SchemaProblem unfit(Expected expected, Column column) {
    return SchemaProblem.fatal(
        "%s.%s is %s; it must be %s%s"
            .formatted(
                table,
                column.name(),
                column.described(),
                expected.type().sql(),
                retype(expected, column).isEmpty()
                    ? "; no cast turns the one into the other: add such a column and fill it"
                    : expected.type().base() == Base.TIMESTAMPTZ && ZONELESS.contains(column.type())
                        ? "; what it holds is taken for UTC"
                        : ""),
        retype(expected, column));
  }

  private SchemaProblem tooShort(Expected expected, Column column) {
    return SchemaProblem.warning(
        "%s.%s is %s, shorter than %s: longer values go to the dead letters"
            .formatted(table, column.name(), column.described(), expected.type().sql()),
        alterColumn(column, "type " + expected.type().sql()));
  }

  private SchemaProblem narrow(Expected expected, Column column) {
    return SchemaProblem.warning(
        "%s.%s is %s, narrower than %s: PostgreSQL rounds off digits that Airtable holds"
            .formatted(table, column.name(), column.described(), expected.type().sql()),
        alterColumn(column, "type " + expected.type().sql()));
  }

  /** A statement that changes the table. */
  String alter(String action) {
    return "alter table " + place + " " + action;
  }

  /** A statement that changes a column. */
  String alterColumn(Column column, String action) {
    return alter("alter column " + column.identifier() + " " + action);
  }

  /** Whether texts go into a column that takes some of them only: they must be cast to its type. */
  private static boolean isLabelled(PgType type, Column column) {
    return column.isEnum() && type.labelled(column.enumName(), column.list()).isPresent();
  }

  private SchemaProblem labelled(Column column) {
    return SchemaProblem.warning(
        "%s.%s is %s %s: a text that is none of its labels goes to the dead letters"
            .formatted(
                table,
                column.name(),
                column.list() ? "a list of the enum" : "the enum",
                column.list() ? column.enumName() : column.described()),
        "");
  }

  private static boolean fits(PgType type, Column column) {
    if (type.isLabelled()) {
      String name = type.name().substring(type.name().indexOf('.') + 1);
      return column.isEnum()
          && column.list() == type.base().isArray()
          && column.type().equals(type.base().isArray() ? "_" + name : name);
    }
    return FITTING.getOrDefault(type.base(), Set.of()).contains(column.type())
        && (type.base() != Base.TIMESTAMPTZ
            || column.modifier() < 0
            || column.modifier() >= MILLISECONDS);
  }

  /** Empty when no expression turns the old values into new ones. */
  private String retype(Expected expected, Column column) {
    String value = converted(expected.type(), column);
    if (value.isEmpty()) {
      return "";
    }
    String type = "alter column %s type %s using %s";
    String action = type.formatted(column.identifier(), expected.type().sql(), value);
    if (!column.hasDefault() || column.generated()) {
      return alter(action);
    }
    // The old default may not be convertible, and keeps the column from its new type.
    String drop = "alter column " + column.identifier() + " drop default, ";
    String set =
        expected.defaultClause().isEmpty()
            ? ""
            : ", alter column " + column.identifier() + " set" + expected.defaultClause();
    return alter(drop + action + set);
  }

  private static String converted(PgType type, Column column) {
    String name = column.identifier();
    String cast = name + "::" + type.sql();
    return switch (type.base()) {
      case VARCHAR, TEXT, CITEXT -> cast;
      case TIMESTAMPTZ ->
          switch (column.type()) {
            case "timestamp", "date" -> name + "::timestamp at time zone 'UTC'";
            case "timestamptz" -> cast;
            default -> viaText(column, type);
          };
      case TEXT_ARRAY -> TEXTS.contains(column.type()) ? "string_to_array(" + name + ", ',')" : "";
      case SMALLINT, INTEGER, BIGINT, NUMERIC, DOUBLE_PRECISION ->
          column.type().equals("bool")
              ? name + "::integer::" + type.sql()
              : NUMBERS.contains(column.type()) ? cast : viaText(column, type);
      case BOOLEAN -> INTEGERS.contains(column.type()) ? name + " <> 0" : viaText(column, type);
      case DATE ->
          switch (column.type()) {
            case "timestamp", "timestamptz" -> cast;
            default -> viaText(column, type);
          };
      case UUID, ENUM -> viaText(column, type);
      case UUID_ARRAY, BIGINT_ARRAY, JSONB -> "";
    };
  }

  /** Text is read in the new type, and a value that does not fit is refused aloud. */
  private static String viaText(Column column, PgType type) {
    return TEXTS.contains(column.type()) || column.type().equals("bpchar")
        ? column.identifier() + "::text::" + type.sql()
        : "";
  }

  /**
   * What a column must be.
   *
   * @param length the characters it must have room for; 0 for a type without length
   * @param definition as it stands after {@code add column}
   * @param defaultClause {@code default ...} with a blank before it; empty when there is none
   */
  record Expected(String column, PgType type, int length, String definition, String defaultClause) {

    /** What a mapped column must be. */
    static Expected of(FieldMapping field) {
      int length =
          switch (field.type().base()) {
            case VARCHAR -> field.type().length();
            case TEXT -> Integer.MAX_VALUE;
            default -> 0;
          };
      return new Expected(
          field.column(),
          field.type(),
          length,
          ColumnDefinitions.of(field),
          ColumnDefinitions.defaultClause(field));
    }
  }
}
