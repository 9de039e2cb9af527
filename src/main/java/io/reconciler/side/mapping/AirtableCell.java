package io.reconciler.side.mapping;

import io.reconciler.side.mapping.Conversion.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Values as Airtable takes them. */
final class AirtableCell {

  private AirtableCell() {}

  static Object of(FieldMapping field, Object value) {
    if (field.conversion().kind() == Kind.PERSON) {
      return person(field, value);
    }
    if (value instanceof String
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof BigDecimal
        || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Instant time) {
      return Timestamps.millis(time);
    }
    if (value instanceof UUID || value instanceof LocalDate) {
      return value.toString();
    }
    if (value instanceof List<?> list) {
      return field.conversion().kind() == Kind.TAGS ? Tags.join(list) : Tags.texts(list);
    }
    throw unsendable(field, value);
  }

  // Airtable knows a collaborator by e-mail or id.
  private static Object person(FieldMapping field, Object value) {
    List<Map<String, String>> people =
        value instanceof List<?> list
            ? Tags.texts(list).stream().map(AirtableCell::email).toList()
            : List.of(email(String.valueOf(value)));
    return people.size() != 1 || isOfSeveral(field) ? people : people.get(0);
  }

  private static boolean isOfSeveral(FieldMapping field) {
    String type = field.airtableType();
    return type == null ? field.type().base().isArray() : type.equals("multipleCollaborators");
  }

  private static Map<String, String> email(String person) {
    return Map.of("email", person);
  }

  private static IllegalArgumentException unsendable(FieldMapping field, Object value) {
    return new IllegalArgumentException(
        "column " + field.column() + ": no Airtable cell can hold a " + value.getClass().getName());
  }
}
