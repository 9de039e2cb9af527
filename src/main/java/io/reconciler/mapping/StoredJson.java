package io.reconciler.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reconciler.merge.Unconvertible;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values as PostgreSQL writes and reads them in JSON. An unconvertible cell, which an agreed value
 * may be, is an object; no mapped type is one.
 */
final class StoredJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String RAW = "unconvertible";
  private static final String REASON = "reason";

  private StoredJson() {}

  static @Nullable Object read(FieldMapping field, @Nullable JsonNode json) {
    if (json == null || json.isNull() || json.isMissingNode()) {
      return null;
    }
    if (json.path(RAW).isTextual()) {
      return new Unconvertible(json.path(RAW).textValue(), json.path(REASON).asText());
    }
    Object value = typed(field.type().base(), json);
    if (value == null) {
      throw new IllegalArgumentException(
          "column " + field.column() + ": the stored JSON is no " + field.type().sql());
    }
    return value;
  }

  static JsonNode write(FieldMapping field, Object value) {
    if (value instanceof List<?> tags) {
      ArrayNode array = JSON.arrayNode();
      Tags.texts(tags).forEach(array::add);
      return array;
    }
    if (value instanceof Unconvertible cell) {
      return JSON.objectNode().put(RAW, cell.raw()).put(REASON, cell.reason());
    }
    return scalar(field, value);
  }

  private static JsonNode scalar(FieldMapping field, Object value) {
    if (value instanceof Integer number) {
      return JSON.numberNode(number.intValue());
    }
    if (value instanceof Boolean truth) {
      return JSON.booleanNode(truth);
    }
    if (value instanceof Instant time) {
      return JSON.textNode(Timestamps.micros(time));
    }
    if (value instanceof String || value instanceof UUID) {
      return JSON.textNode(value.toString());
    }
    throw new IllegalArgumentException(
        "column " + field.column() + ": no JSON for a " + value.getClass().getName());
  }

  /** The value in that type, or null if the JSON holds none. */
  private static @Nullable Object typed(PgType.Base base, JsonNode json) {
    return switch (base) {
      case VARCHAR, TEXT -> json.textValue();
      case INTEGER ->
          json.canConvertToExactIntegral() && json.canConvertToInt()
              ? (Object) json.intValue()
              : null;
      case BOOLEAN -> json.isBoolean() ? (Object) json.booleanValue() : null;
      case TIMESTAMPTZ -> json.isTextual() ? time(json.textValue()) : null;
      case UUID -> json.isTextual() ? uuid(json.textValue()) : null;
      case TEXT_ARRAY -> json.isArray() ? texts(json) : null;
    };
  }

  private static @Nullable Instant time(String text) {
    try {
      return Timestamps.parse(text);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  private static @Nullable UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array) {
      if (element.isTextual()) {
        texts.add(element.textValue());
      }
    }
    return List.copyOf(texts);
  }
}
