package io.reconciler.mapping;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Values as Airtable takes them. */
final class AirtableCell {

  private AirtableCell() {}

  static Object of(FieldMapping field, Object value) {
    if (value instanceof String || value instanceof Integer || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Instant time) {
      return Timestamps.millis(time);
    }
    if (value instanceof UUID id) {
      return id.toString();
    }
    if (value instanceof List<?> tags) {
      return Tags.join(tags);
    }
    throw new IllegalArgumentException(
        "column " + field.column() + ": no Airtable cell can hold a " + value.getClass().getName());
  }
}
