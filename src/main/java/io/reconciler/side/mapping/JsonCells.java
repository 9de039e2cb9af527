package io.reconciler.side.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.side.mapping.Converted.Value;
import java.util.List;

/** Cells that are kept as the JSON they are. */
final class JsonCells {

  private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

  /** Airtable makes new addresses for an attachment every few hours. */
  private static final List<String> EXPIRING = List.of("url", "thumbnails");

  private JsonCells() {}

  static Converted json(JsonNode cell) {
    return holdsUnstorable(cell)
        ? CellFailures.of("holds a character that PostgreSQL can't store", cell)
        : new Value(cell);
  }

  /** The form to compare: numbers by value, attachments without their expiring addresses. */
  static JsonNode normal(FieldMapping field, JsonNode value) {
    return canonical(value, "multipleAttachments".equals(field.airtableType()));
  }

  /** Attachments are seen through links too, among whatever else is looked up. */
  private static boolean isAttachment(JsonNode value) {
    return value.path("id").asText().startsWith("att") && value.has("filename");
  }

  private static JsonNode canonical(JsonNode value, boolean attachments) {
    if (value.isNumber()) {
      return JSON.numberNode(NumberCells.plain(value.decimalValue()));
    }
    if (value.isArray()) {
      ArrayNode array = JSON.arrayNode();
      value.forEach(element -> array.add(canonical(element, attachments)));
      return array;
    }
    if (!value.isObject()) {
      return value;
    }
    ObjectNode object = JSON.objectNode();
    value
        .properties()
        .forEach(entry -> object.set(entry.getKey(), canonical(entry.getValue(), attachments)));
    return attachments || isAttachment(value) ? object.remove(EXPIRING) : object;
  }

  private static boolean holdsUnstorable(JsonNode value) {
    if (value.isTextual()) {
      String text = value.textValue();
      return Texts.holdsNul(text) || Texts.holdsLoneSurrogate(text);
    }
    if (value.isNumber()) {
      return !Double.isFinite(value.doubleValue());
    }
    for (JsonNode element : value) {
      if (holdsUnstorable(element)) {
        return true;
      }
    }
    for (var entry : value.properties()) {
      if (Texts.holdsNul(entry.getKey()) || Texts.holdsLoneSurrogate(entry.getKey())) {
        return true;
      }
    }
    return false;
  }
}
