package io.reconciler.side.airtable;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as Airtable shows it: empty cells are absent.
 *
 * @param fields its cells by the references of their fields in the mapping
 * @param createdTime when the record was made, whole seconds; null when it could not be read
 */
public record AirtableRecord(
    String id, @Nullable Instant createdTime, Map<String, JsonNode> fields) {

  /** The cell of a field, null when it is empty. */
  public @Nullable JsonNode cell(String field) {
    return fields.get(field);
  }

  // Camel looks bodies up by their hash: that of a list of records must not read their cells.
  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** Without the values, which may not reach a log or the text of a failure. */
  @Override
  public String toString() {
    return id;
  }
}
