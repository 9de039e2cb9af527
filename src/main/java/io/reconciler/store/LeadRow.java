package io.reconciler.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.mapping.FieldGroup;
import io.reconciler.mapping.FieldMapping;
import io.reconciler.mapping.Mapping;
import io.reconciler.merge.GroupValues;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lead as it stands in PostgreSQL.
 *
 * @param values the mapped columns that were read, exactly as stored (not normalised)
 */
public record LeadRow(
    UUID id,
    @Nullable UUID clientId,
    String recordId,
    Instant updatedAt,
    Map<String, @Nullable Object> values) {

  /** Reads a row written by {@code to_jsonb}; columns that are not in it are not in the values. */
  public static LeadRow of(JsonNode row, Mapping mapping) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (FieldMapping field : mapping.fields()) {
      JsonNode value = row.get(field.column());
      if (value != null) {
        values.put(field.column(), field.fromJson(value));
      }
    }
    return new LeadRow(
        UUID.fromString(row.path("id").asText()),
        row.hasNonNull("client_id") ? UUID.fromString(row.path("client_id").asText()) : null,
        row.path("airtable_record_id").asText(),
        instant(row.path("updated_at")),
        values);
  }

  /** The normalised values of a field group. */
  public GroupValues group(FieldGroup group) {
    Map<String, @Nullable Object> normalised = new LinkedHashMap<>();
    for (FieldMapping field : group.fields()) {
      normalised.put(field.column(), field.normalise(values.get(field.column())));
    }
    return new GroupValues(normalised);
  }

  /** The leads of a result set whose rows hold one JSON value each, by record id. */
  public static Map<String, LeadRow> byRecord(List<JsonNode> rows, Mapping mapping) {
    Map<String, LeadRow> leads = new LinkedHashMap<>();
    rows.forEach(
        row -> {
          LeadRow lead = of(row, mapping);
          leads.put(lead.recordId(), lead);
        });
    return leads;
  }

  static Instant instant(JsonNode text) {
    return OffsetDateTime.parse(text.asText()).toInstant();
  }
}
