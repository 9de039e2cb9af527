package io.reconciler.sandbox.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reconciler.sandbox.formula.Dates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** JSON in and out. */
public final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** Throws IOException for what is no JSON. */
  public static JsonNode read(byte[] text) throws IOException {
    return MAPPER.readTree(text);
  }

  public static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Turns what a Java caller gives as a cell into the value Airtable would hold. */
  public static JsonNode cell(@Nullable Object value) {
    if (value == null) {
      return NullNode.instance;
    }
    if (value instanceof Instant moment) {
      return TextNode.valueOf(Dates.iso(moment));
    }
    if (value instanceof UUID || value instanceof Enum<?>) {
      return TextNode.valueOf(value.toString());
    }
    JsonNode node = value instanceof JsonNode given ? given : MAPPER.valueToTree(value);
    return node.isNumber() ? number(node) : node;
  }

  /** One form per number, so that 1 and 1.0 are equal. */
  public static JsonNode number(JsonNode node) {
    double value = node.asDouble();
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? LongNode.valueOf((long) value) : DoubleNode.valueOf(value);
  }

  /** Says whether Airtable leaves the cell out of a record. */
  public static boolean empty(JsonNode value) {
    return value.isNull()
        || (value.isTextual() && value.textValue().isEmpty())
        || (value.isArray() && value.isEmpty())
        || (value.isBoolean() && !value.booleanValue());
  }
}
