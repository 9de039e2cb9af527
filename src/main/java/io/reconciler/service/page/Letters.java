package io.reconciler.service.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

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

  /** What a dead letter's payload says of the value. */
  static Value value(JsonNode payload) {
    if (payload.path("value").isTextual()) {
      return Value.text(plain(payload.path("value").textValue()));
    }
    JsonNode fields = payload.path("fields");
    return fields.isObject() && !fields.isEmpty() ? Value.of(null, fields) : Value.NOTHING;
  }
}
