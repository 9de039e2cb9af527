package io.reconciler.side.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value of Airtable's that PostgreSQL keeps in another form: a trigger, or the column's type,
 * altered it.
 *
 * @param written the value as it was written
 * @param stored what the column held then
 * @param narrow whether the column was narrower than its mapping says: made wide, it takes the
 *     value
 */
public record AlteredValue(@Nullable Object written, @Nullable Object stored, boolean narrow) {

  private static final String WRITTEN = "written";
  private static final String STORED = "stored";
  private static final String NARROW = "narrow";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether a column still holds what PostgreSQL made of the value. */
  public boolean isHeld(FieldMapping field, @Nullable Object value) {
    return Objects.equals(field.normalise(stored), field.normalise(value));
  }

  /** Whether that is the value which was written. */
  public boolean isOf(FieldMapping field, @Nullable Object value) {
    return Objects.equals(field.normalise(written), field.normalise(value));
  }

  /** Values by column, as JSON. */
  static ObjectNode json(Map<String, AlteredValue> altered, Mapping mapping) {
    ObjectNode json = JSON.createObjectNode();
    for (FieldMapping field : mapping.airtableFields()) {
      AlteredValue value = altered.get(field.column());
      if (value != null) {
        ObjectNode both = json.putObject(field.column());
        both.set(WRITTEN, field.toColumn(value.written()));
        both.set(STORED, field.toColumn(value.stored()));
        both.put(NARROW, value.narrow());
      }
    }
    return json;
  }

  /** Reads what {@link #json} wrote; a column that is not mapped any more is left out. */
  static Map<String, AlteredValue> read(JsonNode json, Mapping mapping) {
    if (json.isEmpty()) {
      return Map.of();
    }
    Map<String, AlteredValue> altered = new LinkedHashMap<>();
    for (FieldMapping field : mapping.airtableFields()) {
      JsonNode both = json.get(field.column());
      if (both != null) {
        altered.put(
            field.column(),
            new AlteredValue(
                field.fromJson(both.get(WRITTEN)),
                field.fromJson(both.get(STORED)),
                both.path(NARROW).asBoolean()));
      }
    }
    return altered;
  }
}
