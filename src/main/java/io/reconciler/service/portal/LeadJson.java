package io.reconciler.service.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PgType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leads as the API shows them: the known columns in camelCase, times in UTC. */
final class LeadJson {

  private static final List<String> IDENTITY = List.of("id", "client_id", "airtable_record_id");
  private static final List<String> TIMES = List.of("created_at", "updated_at");

  /** A column of the portal's that the engine never touches and that may be missing. */
  private static final String CAMPAIGN = "campaign_id";

  private static final String CAMPAIGN_NAME = camelCase(CAMPAIGN);

  private static final String UTC = "+00:00";
  private static final int WHOLE_SECONDS = "2026-01-05T12:00:00".length();

  private final Map<String, String> plain = new LinkedHashMap<>();
  private final Map<String, String> times = new LinkedHashMap<>();

  LeadJson(Mapping mapping) {
    IDENTITY.forEach(column -> plain.put(column, camelCase(column)));
    for (FieldMapping field : mapping.fields()) {
      boolean time = field.type().base() == PgType.Base.TIMESTAMPTZ;
      (time ? times : plain).put(field.column(), camelCase(field.column()));
    }
    TIMES.forEach(column -> times.put(column, camelCase(column)));
  }

  /** Shows a row that PostgreSQL wrote as JSON. */
  ObjectNode of(JsonNode row) {
    ObjectNode lead = JsonNodeFactory.instance.objectNode();
    plain.forEach((column, name) -> lead.set(name, value(row.get(column))));
    if (row.has(CAMPAIGN)) {
      lead.set(CAMPAIGN_NAME, row.get(CAMPAIGN));
    }
    times.forEach((column, name) -> lead.set(name, time(row.get(column))));
    return lead;
  }

  private static JsonNode value(@Nullable JsonNode json) {
    return json == null ? JsonNodeFactory.instance.nullNode() : json;
  }

  private static JsonNode time(@Nullable JsonNode json) {
    return json == null || json.isNull()
        ? JsonNodeFactory.instance.nullNode()
        : JsonNodeFactory.instance.textNode(utc(json.asText()));
  }

  /**
   * A time as PostgreSQL wrote it, as {@link Instant#toString} has it: with no, three or six digits
   * after the second. A session in UTC writes nearly that; parsing each time of each lead costs a
   * list more than all else.
   */
  static String utc(String time) {
    int end = time.length() - UTC.length();
    if (!time.endsWith(UTC) || (end != WHOLE_SECONDS && time.charAt(WHOLE_SECONDS) != '.')) {
      return parsed(time);
    }
    StringBuilder text = new StringBuilder(time).delete(end, time.length());
    int digits = end == WHOLE_SECONDS ? 0 : end - WHOLE_SECONDS - 1;
    return text.append("0".repeat((3 - digits % 3) % 3)).append('Z').toString();
  }

  // Infinity, and what was before Christ, stay as PostgreSQL writes them.
  private static String parsed(String time) {
    try {
      return OffsetDateTime.parse(time).toInstant().toString();
    } catch (DateTimeParseException e) {
      return time;
    }
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
