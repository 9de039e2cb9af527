package io.reconciler.service.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /**
   * What a dead letter says of the value: the cell that came from Airtable, or what was to go
   * there, by its columns where there are several.
   *
   * @param pull whether it came from Airtable
   * @param about the field group of what was to go there; empty for all of a record
   */
  static Value value(
      JsonNode payload,
      boolean pull,
      String about,
      Mapping mapping,
      String client,
      LinkNames names) {
    if (pull) {
      return came(payload, Fields.of(mapping, about), client, names);
    }
    Map<String, JsonNode> columns = new LinkedHashMap<>();
    if (about.isEmpty()) {
      payload.forEach(group -> addColumns(group, columns));
    } else {
      addColumns(payload, columns);
    }
    return toGo(columns, mapping, client, names);
  }

  private static Value came(
      JsonNode payload, @Nullable FieldMapping field, String client, LinkNames names) {
    if (!payload.path("value").isTextual()) {
      return Value.NOTHING;
    }
    String raw = payload.path("value").textValue();
    return field != null && field.isLinked()
        ? Value.text(plain(names.in(field, client, cell(raw)).toString()))
        : Value.text(plain(raw));
  }

  private static void addColumns(JsonNode group, Map<String, JsonNode> columns) {
    group.properties().forEach(each -> columns.put(each.getKey(), each.getValue()));
  }

  private static Value toGo(
      Map<String, JsonNode> columns, Mapping mapping, String client, LinkNames names) {
    ObjectNode named = JsonNodeFactory.instance.objectNode();
    columns.forEach(
        (column, value) -> {
          FieldMapping field = Fields.of(mapping, column);
          named.set(Fields.name(field, column), names.in(field, client, value));
        });
    if (named.size() == 1) {
      String column = columns.keySet().iterator().next();
      return Value.of(Fields.of(mapping, column), named.iterator().next());
    }
    return named.isEmpty() ? Value.NOTHING : Value.of(null, named);
  }

  private static JsonNode cell(String raw) {
    try {
      return JSON.readTree(raw);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(raw);
    }
  }
}
