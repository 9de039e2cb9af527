package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.postgres.OneColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What columns of enums, or of lists of one, can hold. */
public record EnumLabels(Map<String, List<String>> byType) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public EnumLabels {
    byType = Map.copyOf(byType);
  }

  /** The names of the enums of a table's columns, a JSON array, for the statement. */
  public static String names(Mapping mapping) {
    ArrayNode names = JSON.createArrayNode();
    mapping.fields().stream()
        .map(FieldMapping::type)
        .filter(PgType::isLabelled)
        .map(PgType::name)
        .distinct()
        .forEach(names::add);
    return names.toString();
  }

  /** As the statement returned them: by name, and of the columns that are of an enum. */
  static EnumLabels kept(JsonNode row) {
    Map<String, List<String>> labels = new HashMap<>();
    row.path("enums")
        .properties()
        .forEach(e -> labels.put(e.getKey(), OneColumn.elements(e.getValue())));
    for (JsonNode column : row.path("labelled")) {
      labels.put(column.path("type").asText(), OneColumn.elements(column.path("labels")));
    }
    return new EnumLabels(labels);
  }

  /** Those of a type; empty when it is no enum. */
  List<String> of(PgType type) {
    return byType.getOrDefault(type.name(), List.of());
  }
}
