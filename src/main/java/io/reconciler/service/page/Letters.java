package io.reconciler.service.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import org.jspecify.annotations.Nullable;

/** The values that dead letters hold. Pure. */
final class Letters {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Letters() {}

  /** A cell as people write it: it is kept as JSON, of which the end may be cut off. */
  static String plain(String raw) {
    try {
      JsonNode cell = JSON.readTree(raw);
      Value value = Value.of(null, cell);
      return value.kind() == Value.Kind.NOTHING ? "" : value.text();
    } catch (JsonProcessingException e) {
      return raw;
    }
  }

  /** What a dead letter's payload says of the value: a cell, or several by their columns. */
  static Value value(
      JsonNode payload,
      Mapping mapping,
      @Nullable FieldMapping field,
      String client,
      LinkNames names) {
    if (payload.path("value").isTextual()) {
      String raw = payload.path("value").textValue();
      return field != null && field.isLinked()
          ? Value.text(plain(names.in(field, client, cell(raw)).toString()))
          : Value.text(plain(raw));
    }
    JsonNode fields = payload.path("fields");
    if (!fields.isObject() || fields.isEmpty()) {
      return Value.NOTHING;
    }
    ObjectNode named = JsonNodeFactory.instance.objectNode();
    fields
        .properties()
        .forEach(
            each -> {
              FieldMapping of = Fields.of(mapping, each.getKey());
              named.set(Fields.name(of, each.getKey()), names.in(of, client, each.getValue()));
            });
    return Value.of(null, named);
  }

  private static JsonNode cell(String raw) {
    try {
      return JSON.readTree(raw);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(raw);
    }
  }
}
