package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Airtable's table of a mapping, as far as known, and whether the token may read metadata. */
final class KnownTable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private @Nullable String id;
  private String name;
  private boolean allowed;

  /** As it was kept; of one that never was, the name is the mapping's. */
  KnownTable(JsonNode row, String mapped) {
    this.id = row.path("table_id").textValue();
    this.name = row.path("table_name").asText(mapped);
    this.allowed = row.path("allowed").asBoolean();
  }

  /** Null where it goes by name. */
  @Nullable String id() {
    return id;
  }

  String name() {
    return name;
  }

  boolean allowed() {
    return allowed;
  }

  /** As the metadata shows it; true when it is another one than the known. */
  boolean found(Metadata table) {
    boolean other = id != null && !id.equals(table.id());
    id = table.id();
    name = table.name();
    allowed = true;
    return other;
  }

  /** The metadata may not be read. */
  void refused() {
    allowed = false;
  }

  void forgetId() {
    id = null;
  }

  /** The row of {@code reconciler.airtable_table}. */
  ObjectNode json() {
    return JSON.createObjectNode()
        .put("table_id", id)
        .put("table_name", name)
        .put("allowed", allowed);
  }
}
