package io.reconciler.side.mapping;

import java.util.Arrays;
import java.util.List;

/** Lists of short texts that Airtable keeps in one text cell. */
final class Tags {

  private Tags() {}

  /** The parts between the commas, trimmed, without empty ones. */
  static List<String> split(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /** The text that {@link #split} takes apart again. */
  static String join(List<?> tags) {
    return String.join(", ", texts(tags));
  }

  /** The list's texts, without the nulls that a PostgreSQL array may hold. */
  static List<String> texts(List<?> tags) {
    return tags.stream().filter(String.class::isInstance).map(String.class::cast).toList();
  }
}
