package io.reconciler.side.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Converted.Failed;
import io.reconciler.text.Nearest;
import java.util.List;
import java.util.Locale;

/** Says why a cell does not fit, in texts that are short and can be stored. */
final class CellFailures {

  private static final int RAW_LENGTH = 1_000;
  private static final int REASON_LENGTH = 80;

  private CellFailures() {}

  /** The failure of that cell, with the problem and the beginning of the cell as its reason. */
  static Failed of(String problem, JsonNode cell) {
    String json = Texts.storable(cell.toString());
    String start = problem + ": ";
    return new Failed(raw(json), start + cut(json, REASON_LENGTH - start.length(), "…"));
  }

  /** The failure of a value that was converted. */
  static Failed refused(JsonNode value, String reason) {
    return new Failed(raw(Texts.storable(value.toString())), reason);
  }

  /** The failure of texts that the enum does not know. */
  static Failed noLabel(List<String> texts, PgType type, List<String> labels, JsonNode cell) {
    return refused(
        cell,
        "%s %s of the enum %s, which has %s"
            .formatted(
                Nearest.some(texts),
                texts.size() == 1 ? "is no label" : "are no labels",
                type.name(),
                Nearest.some(labels)));
  }

  /** The failure of a cell of another JSON type than the expected one. */
  static Failed unexpected(String expected, JsonNode cell) {
    return of("expected " + expected + ", found " + type(cell), cell);
  }

  /** Cut cells keep a mark of the whole, so that two with the same beginning still differ. */
  private static String raw(String json) {
    String mark = String.format("… (%d characters, %08x)", json.length(), json.hashCode());
    return cut(json, RAW_LENGTH, mark);
  }

  private static String cut(String text, int most, String mark) {
    return text.length() <= most ? text : Texts.head(text, most - mark.length()) + mark;
  }

  private static String type(JsonNode cell) {
    return switch (cell.getNodeType()) {
      case STRING -> "text";
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case NUMBER -> "a number";
      case BOOLEAN -> "a checkbox";
      default -> cell.getNodeType().name().toLowerCase(Locale.ROOT);
    };
  }
}
