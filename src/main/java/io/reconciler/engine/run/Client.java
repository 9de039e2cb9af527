package io.reconciler.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * A row of {@code clients}; owns one Airtable base.
 *
 * @param loaded the tables of which every record was listed once
 */
public record Client(
    UUID id, String name, String email, String baseId, boolean active, Set<String> loaded) {

  public Client {
    loaded = Set.copyOf(loaded);
  }

  /** Reads a row written by {@code to_jsonb}. */
  public static Client of(JsonNode row) {
    return new Client(
        UUID.fromString(row.path("id").asText()),
        row.path("company_name").asText(),
        row.path("email").asText(),
        row.path("airtable_base_id").asText(),
        row.path("is_active").asBoolean(),
        loaded(row.path("loaded")));
  }

  /** Whether every record of that table was listed once. */
  public boolean loaded(String table) {
    return loaded.contains(table);
  }

  private static Set<String> loaded(JsonNode names) {
    Set<String> tables = new HashSet<>();
    names.forEach(name -> tables.add(name.asText()));
    return tables;
  }
}
