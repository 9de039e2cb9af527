package io.reconciler.airtable;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads a base's metadata. Pure. */
public final class TableFields {

  private TableFields() {}

  /** The names and ids of a table's fields; empty when there is no such table. */
  public static Optional<Set<String>> of(JsonNode schema, String table) {
    for (JsonNode candidate : schema.path("tables")) {
      if (table.equals(candidate.path("name").asText())
          || table.equals(candidate.path("id").asText())) {
        Set<String> names = new HashSet<>();
        candidate
            .path("fields")
            .forEach(
                field -> {
                  names.add(field.path("name").asText());
                  names.add(field.path("id").asText());
                });
        return Optional.of(names);
      }
    }
    return Optional.empty();
  }
}
