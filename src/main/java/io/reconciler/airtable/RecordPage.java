package io.reconciler.airtable;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of records.
 *
 * @param unreadable one text for each entry that is no record (no id or no fields)
 * @param offset where the next page starts, null on the last page
 */
public record RecordPage(
    List<AirtableRecord> records, List<String> unreadable, @Nullable String offset) {

  /**
   * Reads an answer to a request under these keys.
   *
   * @throws AirtableException.Unavailable when it has no list of records: never taken as empty
   */
  static RecordPage of(JsonNode body, FieldKeys keys) {
    JsonNode list = body.path("records");
    if (!list.isArray()) {
      throw new AirtableException.Unavailable(
          "Airtable's answer has no list of records: it is not taken for an empty page");
    }
    List<AirtableRecord> records = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    list.forEach(
        node -> {
          String missing = missing(node);
          if (missing == null) {
            records.add(record(node, keys));
          } else {
            unreadable.add(missing);
          }
        });
    JsonNode offset = body.path("offset");
    boolean more = offset.isTextual() && !offset.asText().isEmpty();
    return new RecordPage(records, unreadable, more ? offset.asText() : null);
  }

  private static @Nullable String missing(JsonNode node) {
    JsonNode id = node.path("id");
    if (!id.isTextual() || id.asText().isBlank()) {
      return "Airtable record missing ID - skipping";
    }
    // No fields at all is not the same as all of them empty.
    return node.path("fields").isObject()
        ? null
        : "Airtable record " + id.asText() + " missing its fields - skipping";
  }

  private static AirtableRecord record(JsonNode node, FieldKeys keys) {
    return new AirtableRecord(
        node.path("id").asText(),
        instant(node.path("createdTime").asText()),
        keys.cells(node.path("fields")));
  }

  private static @Nullable Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      // A time that can't be read must not hide the record.
      return null;
    }
  }
}
