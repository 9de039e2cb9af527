package io.reconciler.side.postgres.statement;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.util.Locale;
import java.util.stream.Collectors;

/** Mapped columns as DDL. */
public final class ColumnDefinitions {

  private ColumnDefinitions() {}

  /** The mapped columns as they stand in a {@code create table}. */
  public static String all(Mapping mapping) {
    return mapping.fields().stream()
        .map(ColumnDefinitions::of)
        .collect(Collectors.joining(",\n      "));
  }

  /** One column as it stands in a {@code create table} or after {@code add column}. */
  public static String of(FieldMapping field) {
    return field.column()
        + " "
        + field.type().sql()
        + defaultClause(field)
        + (field.notNull() ? " not null" : "");
  }

  /** The column's default as DDL, a blank before it; empty when it has none. */
  public static String defaultClause(FieldMapping field) {
    return field.defaultValue() == null ? "" : " default " + literal(field.defaultValue());
  }

  private static String literal(Object value) {
    return value instanceof String text
        ? Columns.literal(text)
        : value.toString().toLowerCase(Locale.ROOT);
  }
}
