package io.reconciler.side.airtable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Airtable formulas, with every value from outside escaped. */
final class Formula {

  private Formula() {}

  /**
   * True for records modified at or after the second of {@code from}: IS_AFTER is strict and
   * Airtable shows whole seconds, so it asks for what is after the second before.
   */
  public static String modifiedSince(String lastModifiedField, Instant from) {
    Instant before = from.truncatedTo(ChronoUnit.SECONDS).minusSeconds(1);
    String modified =
        lastModifiedField.isEmpty() ? "LAST_MODIFIED_TIME()" : field(lastModifiedField);
    return "IS_AFTER(" + modified + "," + text(before.toString()) + ")";
  }

  /** True where both are; one that is null asks for nothing. */
  static @Nullable String both(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return "AND(" + one + "," + other + ")";
  }

  /** True for the records with one of these ids. */
  public static String anyOf(List<String> recordIds) {
    return recordIds.stream()
        .map(id -> "RECORD_ID()=" + text(id))
        .collect(Collectors.joining(",", "OR(", ")"));
  }

  static String field(String name) {
    return "{" + name.replace("\\", "\\\\").replace("}", "\\}") + "}";
  }

  static String text(String value) {
    return "'"
        + value
            .replace("\\", "\\\\")
            .replace("'", "\\'")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
        + "'";
  }
}
