package io.reconciler.engine.pull;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.failure.RunFailedException;
import io.reconciler.engine.field.Misnamed;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.airtable.FieldKeys;
import io.reconciler.side.mapping.Mapping;
import java.util.List;

/**
 * Makes sure that a table's modification time tells the time: by a day alone Airtable's filter
 * leaves out what was modified today, and the run would take that for nothing.
 */
final class ModifiedTime {

  /** Of a date as Airtable writes it, such as 2026-11-30. */
  private static final int DAY = 10;

  private ModifiedTime() {}

  /**
   * By what a record holds.
   *
   * @throws RunFailedException when it is a day
   */
  static void ensureTime(AirtableRecord record, Mapping mapping) {
    JsonNode cell = mapping.hasModifiedField() ? record.cell(mapping.lastModifiedField()) : null;
    if (cell != null && cell.isTextual() && cell.textValue().length() == DAY) {
      throw new RunFailedException(Misnamed.modifiedDay(mapping));
    }
  }

  /**
   * By the metadata of the base.
   *
   * @throws RunFailedException when the field is set to show the day alone
   */
  static void ensureTime(JsonNode schema, FieldKeys keys, Mapping mapping) {
    if (!mapping.hasModifiedField()) {
      return;
    }
    String field = keys.of(mapping.lastModifiedField());
    for (JsonNode table : schema.path("tables")) {
      if (names(table).contains(keys.table()) && isDay(table.path("fields"), field)) {
        throw new RunFailedException(Misnamed.modifiedDay(mapping));
      }
    }
  }

  private static boolean isDay(JsonNode fields, String key) {
    for (JsonNode field : fields) {
      if (names(field).contains(key)) {
        return field.at("/options/result/type").asText().equals("date");
      }
    }
    return false;
  }

  private static List<String> names(JsonNode named) {
    return List.of(named.path("id").asText(), named.path("name").asText());
  }
}
