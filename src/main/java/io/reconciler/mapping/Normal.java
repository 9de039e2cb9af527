package io.reconciler.mapping;

import io.reconciler.mapping.Conversion.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form in which values are compared: what both sides can keep, and no more. */
final class Normal {

  private Normal() {}

  static @Nullable Object of(FieldMapping field, @Nullable Object value) {
    if (value == null) {
      return empty(field);
    }
    if (value instanceof String text) {
      return text(text);
    }
    if (value instanceof Instant time) {
      return time.truncatedTo(ChronoUnit.MILLIS);
    }
    return value instanceof List<?> tags ? tags(tags) : value;
  }

  /** Airtable can't tell an unchecked box from an empty one, so a portal's null is no edit. */
  private static @Nullable Object empty(FieldMapping field) {
    boolean box = field.owner() == Owner.PORTAL && field.conversion().kind() == Kind.BOOLEAN;
    return box ? Boolean.FALSE : null;
  }

  private static @Nullable String text(String text) {
    String normal = text.replace("\r\n", "\n").replace('\r', '\n');
    // A cleared rich text cell reads as a line break.
    return normal.chars().allMatch(character -> character == '\n') ? null : normal;
  }

  /** Takes the way through Airtable's text cell, which splits a tag that holds a comma. */
  private static @Nullable List<String> tags(List<?> tags) {
    List<String> normal = Tags.split(Tags.join(tags));
    return normal.isEmpty() ? null : normal;
  }
}
