package io.reconciler.service.page;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import org.jspecify.annotations.Nullable;

/** Fields by the names that people know. Pure. */
final class Fields {

  private Fields() {}

  /** The field of a column; null where it is not mapped. */
  static @Nullable FieldMapping of(@Nullable Mapping mapping, String column) {
    return mapping == null
        ? null
        : mapping.fields().stream()
            .filter(field -> field.column().equals(column))
            .findFirst()
            .orElse(null);
  }

  /** Airtable's name of it, where it has one. */
  static String name(@Nullable FieldMapping field, String column) {
    return field == null || field.airtableField() == null ? column : field.airtableField();
  }
}
