package io.reconciler.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * A row of {@code clients}; owns one Airtable base.
 *
 * @param loaded whether every record of the base was listed once
 */
public record Client(
    UUID id, String name, String email, String baseId, boolean active, boolean loaded) {

  /** Reads a row written by {@code to_jsonb}. */
  public static Client of(JsonNode row) {
    return new Client(
        UUID.fromString(row.path("id").asText()),
        row.path("company_name").asText(),
        row.path("email").asText(),
        row.path("airtable_base_id").asText(),
        row.path("is_active").asBoolean(),
        row.path("loaded").asBoolean());
  }
}
