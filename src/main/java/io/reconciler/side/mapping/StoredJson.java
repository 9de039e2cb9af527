package io.reconciler.side.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reconciler.decide.Unconvertible;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
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
  private static final JsonNodeFactory EXACT = JsonNodeFactory.withExactBigDecimals(true);
  private static final ObjectMapper READER = new ObjectMapper();
  private static final int SHOWN = 40;
  private static final String RAW = "unconvertible";
  private static final String REASON = "reason";

  private StoredJson() {}

  static @Nullable Object read(FieldMapping field, @Nullable JsonNode json) {
    if (json == null || json.isNull() || json.isMissingNode()) {
      return null;
    }
    if (field.type().base() != PgType.Base.JSONB && json.path(RAW).isTextual()) {
      return new Unconvertible(json.path(RAW).textValue(), json.path(REASON).asText());
    }
    if (field.isLinked()) {
      return link(field, json);
    }
    Object value = typed(field.type(), json);
    return value == null ? unreadable(field, json) : value;
  }

  /** The record ids that a link's keys stand for; of keys without a record, the keys. */
  private static @Nullable Object link(FieldMapping field, JsonNode json) {
    if (json.isArray()) {
      return json.isEmpty() ? null : texts(json);
    }
    Unconvertible keys = StoredLinks.read(field, json);
    return keys == null ? unreadable(field, json) : keys;
  }

  /** A value that the column holds and the field can't: it is known by its JSON text. */
  private static Unconvertible unreadable(FieldMapping field, JsonNode json) {
    return new Unconvertible(
        json.toString(),
        "the stored value "
            + Texts.head(json.toString(), SHOWN)
            + " is outside of what "
            + field.type().sql()
            + " means to both sides");
  }

  /** What {@link #read} made of it, as PostgreSQL wrote it; of a cell that fits no column, null. */
  static JsonNode stored(Unconvertible value) {
    try {
      return READER.readTree(value.raw());
    } catch (JsonProcessingException e) {
      return JSON.nullNode();
    }
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
    if (value instanceof JsonNode json) {
      return json;
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof Boolean truth) {
      return JSON.booleanNode(truth);
    }
    if (value instanceof Instant time) {
      return JSON.textNode(Timestamps.micros(time));
    }
    if (value instanceof String || value instanceof UUID || value instanceof LocalDate) {
      return JSON.textNode(value.toString());
    }
    throw new IllegalArgumentException(
        "column " + field.column() + ": no JSON for a " + value.getClass().getName());
  }

  private static JsonNode number(Number number) {
    if (number instanceof BigDecimal decimal) {
      return EXACT.numberNode(decimal);
    }
    return number instanceof Double real
        ? JSON.numberNode(real.doubleValue())
        : JSON.numberNode(number.longValue());
  }

  /** The value in that type, or null if the JSON holds none. */
  private static @Nullable Object typed(PgType type, JsonNode json) {
    return switch (type.base()) {
      case VARCHAR, TEXT, CITEXT, ENUM -> json.textValue();
      case SMALLINT, BIGINT, NUMERIC, DOUBLE_PRECISION -> number(type, json);
      case DATE -> json.isTextual() ? day(json.textValue()) : null;
      case UUID_ARRAY, BIGINT_ARRAY -> json.isArray() ? keys(json) : null;
      case JSONB -> json;
      case INTEGER ->
          json.canConvertToExactIntegral() && json.canConvertToInt()
              ? (Object) json.intValue()
              : null;
      case BOOLEAN -> json.isBoolean() ? (Object) json.booleanValue() : null;
      case TIMESTAMPTZ -> StoredTime.read(json);
      case UUID -> json.isTextual() ? uuid(json.textValue()) : null;
      case TEXT_ARRAY -> json.isArray() ? texts(json) : null;
    };
  }

  private static @Nullable Object number(PgType type, JsonNode json) {
    if (!json.isNumber() || !Double.isFinite(json.doubleValue())) {
      return null;
    }
    BigDecimal number = NumberCells.plain(json.decimalValue());
    boolean limited = type.base() != PgType.Base.NUMERIC;
    return limited && NumberCells.problem(type, number) != null
        ? null
        : NumberCells.typed(type, number);
  }

  private static @Nullable LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  /** Keys of rows in an array, as texts: PostgreSQL takes them so for any type of key. */
  private static List<String> keys(JsonNode array) {
    List<String> keys = new ArrayList<>();
    for (JsonNode element : array) {
      if (element.isValueNode() && !element.isNull()) {
        keys.add(element.asText());
      }
    }
    return List.copyOf(keys);
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
