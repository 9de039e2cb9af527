package io.reconciler.side.postgres.statement;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.PgType;

/**
 * Conditions on what was agreed on for a column of the portal's, in a row {@code a} of the agreed
 * values, and on what its lead {@code l} holds.
 */
final class AgreedColumn {

  private AgreedColumn() {}

  /** That it was no empty value. */
  static String isFilled(FieldMapping field) {
    return value(field) + " not in ('null', '\"\"', 'false', '[]', '{}')";
  }

  /** That the lead holds just that. */
  static String isHeld(FieldMapping field) {
    String column = "l." + Columns.name(field.column());
    String text = "(" + group(field) + " ->> " + Columns.literal(field.column()) + ")";
    return "(cast("
        + column
        + " as text) = "
        + text
        + " or to_jsonb("
        + column
        + ") = "
        + value(field)
        // The same moment is written in two ways.
        + (field.type().base() == PgType.Base.TIMESTAMPTZ
            ? " or cast(" + column + " as timestamptz) = cast(" + text + " as timestamptz)"
            : "")
        + ")";
  }

  private static String value(FieldMapping field) {
    return group(field) + " -> " + Columns.literal(field.column());
  }

  private static String group(FieldMapping field) {
    return "a.agreed -> " + Columns.literal(String.valueOf(field.group()));
  }
}
