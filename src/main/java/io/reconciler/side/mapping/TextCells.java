package io.reconciler.side.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.reconciler.side.mapping.Converted.Value;
import io.reconciler.side.mapping.PgType.Base;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cells of text: as it is, one of a closed list, or tags. */
final class TextCells {

  /** More digits than this are no text that anybody wrote, and cost memory to spell out. */
  private static final int MOST_DIGITS = 400;

  private TextCells() {}

  static Converted text(FieldMapping field, JsonNode cell) {
    String text = plainText(cell);
    if (text == null) {
      return CellFailures.unexpected("text", cell);
    }
    return checked(field, text, cell);
  }

  /** The text, if the column can hold it. */
  static Converted checked(FieldMapping field, String text, JsonNode cell) {
    String problem = problem(text, field.type());
    return problem == null ? new Value(text) : CellFailures.of(problem, cell);
  }

  static Converted choice(FieldMapping field, JsonNode cell) {
    String text = plainText(cell);
    if (text == null) {
      return CellFailures.unexpected("a choice", cell);
    }
    Map<String, String> choices = field.conversion().choices();
    if (choices.containsKey(text)) {
      return new Value(choices.get(text));
    }
    return choices.containsValue(text)
        ? new Value(text)
        : CellFailures.of("is not one of the known choices", cell);
  }

  static Converted tags(FieldMapping field, JsonNode cell) {
    String text = cell.isArray() ? joined(cell) : cell.textValue();
    if (text == null) {
      return CellFailures.unexpected("tags", cell);
    }
    String problem = problem(text, field.type());
    if (problem != null) {
      return CellFailures.of(problem, cell);
    }
    List<String> tags = Tags.split(text);
    return new Value(tags.isEmpty() ? field.whenEmpty() : tags);
  }

  /** What keeps the text out of a column of that type, or null if nothing does. */
  static @Nullable String problem(String text, PgType type) {
    if (Texts.holdsNul(text)) {
      return "holds a NUL character";
    }
    if (Texts.holdsLoneSurrogate(text)) {
      return "holds half of a surrogate pair";
    }
    int length = Texts.length(text);
    return type.base() == Base.VARCHAR && length > type.length()
        ? "has " + length + " characters, at most " + type.length() + " fit"
        : null;
  }

  /** The text that a cell shows; null when it is none. */
  static @Nullable String plainText(JsonNode cell) {
    if (cell.isNumber()) {
      return plainNumber(cell);
    }
    // A barcode is an object with its text.
    if (cell.path("text").isTextual()) {
      return cell.path("text").textValue();
    }
    // A select's option comes as an object from webhooks and some integrations.
    return cell.path("id").isTextual() ? cell.path("name").textValue() : cell.textValue();
  }

  private static @Nullable String plainNumber(JsonNode cell) {
    if (!Double.isFinite(cell.doubleValue())) {
      return null;
    }
    BigDecimal number = cell.decimalValue().stripTrailingZeros();
    return Math.abs((long) number.scale()) > MOST_DIGITS ? null : number.toPlainString();
  }

  private static @Nullable String joined(JsonNode array) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : (ArrayNode) array) {
      if (!element.isTextual()) {
        return null;
      }
      texts.add(element.textValue());
    }
    return String.join(",", texts);
  }
}
