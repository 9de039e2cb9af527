package io.reconciler.side.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Conversion.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form in which values are compared: what both sides can keep, and no more. */
final class NormalForm {

  private NormalForm() {}

  static @Nullable Object of(FieldMapping field, @Nullable Object value) {
    if (value == null) {
      return empty(field);
    }
    if (value instanceof String text) {
      return field.conversion().kind() == Kind.PERSON ? person(text) : text(text);
    }
    if (value instanceof Instant time) {
      return time.truncatedTo(ChronoUnit.MILLIS);
    }
    if (value instanceof JsonNode json) {
      return JsonCells.normal(field, json);
    }
    if (value instanceof Number number && field.conversion().kind() == Kind.NUMBER) {
      return number(number);
    }
    return value instanceof List<?> list ? list(field.conversion().kind(), list) : value;
  }

  /** Airtable can't tell an unchecked box from an empty one, so a portal's null is no edit. */
  private static @Nullable Object empty(FieldMapping field) {
    boolean box = field.owner() == Owner.PORTAL && field.conversion().kind() == Kind.BOOLEAN;
    return box ? Boolean.FALSE : null;
  }

  private static @Nullable String text(String text) {
    String normal = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    // A cleared rich text cell reads as a line break.
    boolean shown = !normal.isEmpty() && normal.charAt(0) != '\n';
    return shown || normal.chars().anyMatch(character -> character != '\n') ? normal : null;
  }

  private static @Nullable String person(String text) {
    return text.isBlank() ? null : text.strip().toLowerCase(Locale.ROOT);
  }

  /** Airtable keeps a number in the 53 bits of a JavaScript number. */
  private static BigDecimal number(Number number) {
    double kept = number.doubleValue();
    return Double.isFinite(kept)
        ? NumberCells.plain(BigDecimal.valueOf(kept))
        : NumberCells.plain(new BigDecimal(number.toString()));
  }

  private static @Nullable List<?> list(Kind kind, List<?> list) {
    List<?> normal =
        switch (kind) {
          // Takes the way through Airtable's text cell, which splits a tag that holds a comma.
          case TAGS -> Tags.split(Tags.join(list));
          case PERSON -> set(list.stream().map(person -> person(String.valueOf(person))));
          default -> set(list.stream().map(String::valueOf));
        };
    return normal.isEmpty() ? null : normal;
  }

  private static List<String> set(Stream<@Nullable String> texts) {
    return texts.filter(text -> text != null && !text.isEmpty()).distinct().sorted().toList();
  }
}
