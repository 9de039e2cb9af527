package io.reconciler.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.mapping.FieldMapping;
import io.reconciler.mapping.Mapping;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** Leads as the API shows them: the known columns in camelCase, times in UTC. */
final class LeadJson {

  private static final List<String> IDENTITY = List.of("id", "client_id", "airtable_record_id");
  private static final List<String> TIMES = List.of("created_at", "updated_at");

  /** A column of the portal's that the engine never touches and that may be missing. */
  private static final String CAMPAIGN = "campaign_id";

  private final Mapping mapping;

  LeadJson(Mapping mapping) {
    this.mapping = mapping;
  }

  /** Shows a row that {@code to_jsonb} wrote. */
  ObjectNode of(JsonNode row) {
    ObjectNode lead = JsonNodeFactory.instance.objectNode();
    IDENTITY.forEach(column -> lead.set(camelCase(column), row.path(column)));
    if (row.has(CAMPAIGN)) {
      lead.set(camelCase(CAMPAIGN), row.path(CAMPAIGN));
    }
    mapping.fields().forEach(field -> lead.set(camelCase(field.column()), value(field, row)));
    TIMES.forEach(
        column ->
            lead.put(
                camelCase(column),
                OffsetDateTime.parse(row.path(column).asText()).toInstant().toString()));
    return lead;
  }

  private static JsonNode value(FieldMapping field, JsonNode row) {
    Object value = field.fromJson(row.get(field.column()));
    if (value instanceof Instant time) {
      return JsonNodeFactory.instance.textNode(time.toString());
    }
    JsonNode json = field.toJson(value);
    return json == null ? JsonNodeFactory.instance.nullNode() : json;
  }

  static String camelCase(String column) {
    StringBuilder name = new StringBuilder();
    for (String word : column.split("_")) {
      boolean first = name.isEmpty();
      name.append(first ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return name.toString();
  }
}
