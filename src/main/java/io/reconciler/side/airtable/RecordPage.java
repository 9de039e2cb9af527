package io.reconciler.side.airtable;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.UsualTime;
import io.reconciler.text.Plain;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of records.
 *
 * @param unreadable one text for each entry that is no record (no id or no fields)
 * @param unreadableIds the ids of those of these entries that have one
 * @param offset where the next page starts, null on the last page
 */
public record RecordPage(
    List<AirtableRecord> records,
    List<String> unreadable,
    List<String> unreadableIds,
    @Nullable String offset) {

  /** As long as the column of the leads. */
  private static final int LONGEST_ID = 255;

  private static final int SHOWN = 60;

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
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    List<String> unreadable = new ArrayList<>();
    List<String> unreadableIds = new ArrayList<>();
    list.forEach(
        node -> {
          String missing = missing(node);
          if (missing == null) {
            // One that stands twice in a page was changed in between: the last is the newest.
            byId.put(node.path("id").asText(), node);
          } else {
            unreadable.add(missing);
            id(node).ifPresent(unreadableIds::add);
          }
        });
    Map<String, List<FieldKeys.Key>> known = new HashMap<>();
    List<AirtableRecord> records =
        byId.values().stream().map(node -> record(node, keys, known)).toList();
    JsonNode offset = body.path("offset");
    boolean more = offset.isTextual() && !offset.asText().isEmpty();
    return new RecordPage(records, unreadable, unreadableIds, more ? offset.asText() : null);
  }

  private static Optional<String> id(JsonNode node) {
    JsonNode id = node.path("id");
    return id.isTextual() && isId(id.asText()) ? Optional.of(id.asText()) : Optional.empty();
  }

  private static @Nullable String missing(JsonNode node) {
    JsonNode id = node.path("id");
    if (id.isMissingNode() || id.isNull() || (id.isTextual() && id.asText().isBlank())) {
      return "Airtable record missing ID - skipping";
    }
    if (!id.isTextual() || !isId(id.asText())) {
      return "Airtable record with an ID that is none ("
          + Plain.line(id.toString(), SHOWN)
          + ") - skipping";
    }
    // No fields at all is not the same as all of them empty.
    return node.path("fields").isObject()
        ? null
        : "Airtable record " + id.asText() + " missing its fields - skipping";
  }

  /** Whether it can be a record's id: short, and nothing in it that is not seen. */
  static boolean isId(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST_ID
        && text.codePoints().noneMatch(Plain::steers);
  }

  private static AirtableRecord record(
      JsonNode node, FieldKeys keys, Map<String, List<FieldKeys.Key>> known) {
    return new AirtableRecord(
        node.path("id").asText(),
        instant(node.path("createdTime").asText()),
        keys.cells(node.path("fields"), known));
  }

  private static @Nullable Instant instant(String text) {
    try {
      Instant usual = UsualTime.read(text);
      return usual == null ? UsualTime.known(Instant.parse(text)) : usual;
    } catch (DateTimeParseException e) {
      // A time that can't be read must not hide the record.
      return null;
    }
  }
}
