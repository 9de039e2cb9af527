package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the database holds of a table and its fields, so that only what differs is written. Used by
 * one thread.
 */
final class SavedFields {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, BoundField> byColumn = new LinkedHashMap<>();
  private final Set<String> filled = new HashSet<>();
  private final Set<String> emptied = new HashSet<>();
  private @Nullable ObjectNode table;

  /** As {@code read-fields.sql} returned it. */
  SavedFields(JsonNode row) {
    JsonNode kept = row.path("table");
    if (kept.isObject()) {
      table =
          table(
              kept.path("table_id").textValue(),
              kept.path("table_name").asText(),
              kept.path("allowed").asBoolean());
    }
    row.path("fields")
        .forEach(field -> byColumn.put(field.path("column_name").asText(), BoundField.of(field)));
  }

  /** The row of {@code reconciler.airtable_table}. */
  static ObjectNode table(@Nullable String id, String name, boolean allowed) {
    return JSON.createObjectNode()
        .put("table_id", id)
        .put("table_name", name)
        .put("allowed", allowed);
  }

  /** The field that a column had. */
  @Nullable BoundField of(String column) {
    return byColumn.get(column);
  }

  /** Whether what the database holds, agreed values too, is about another field than this one. */
  boolean isReplaced(BoundField field) {
    BoundField before = byColumn.get(field.column());
    return emptied.contains(field.column())
        || (before != null && (field.replaces(before) || isInAnotherColumn(field)));
  }

  /** Whether that is so because the column was made anew in PostgreSQL. */
  boolean isInAnotherColumn(BoundField field) {
    return emptied.contains(field.column()) || (isMoved(field) && !filled.contains(field.column()));
  }

  /** Whether the column is another one than the database knows. */
  boolean isMoved(BoundField field) {
    BoundField before = byColumn.get(field.column());
    return before != null && field.isInAnotherColumn(before);
  }

  /** These of the other columns hold what the old ones held: they are the same to both sides. */
  void filled(Collection<String> columns) {
    filled.addAll(columns);
  }

  /** These columns of another table hold nothing of what was agreed on. */
  void emptied(Collection<String> columns) {
    emptied.addAll(columns);
  }

  /** The place that a column had. */
  @Nullable String place(String column) {
    BoundField before = byColumn.get(column);
    return before == null ? null : before.place();
  }

  /** Whether the database holds another type of this field, or it is another field. */
  boolean isRetyped(BoundField field) {
    BoundField before = byColumn.get(field.column());
    return before != null
        && field.isBound()
        && (field.replaces(before)
            || (!before.type().isEmpty() && !before.type().equals(field.type())));
  }

  /** Whether just this is what the database holds. */
  boolean holds(ObjectNode known, BoundFields fields) {
    return emptied.isEmpty() && known.equals(table) && different(fields).isEmpty();
  }

  /** The rows of {@code reconciler.field} that are to be written. */
  ArrayNode different(BoundFields fields) {
    return fields.json(field -> !field.equals(byColumn.get(field.column())));
  }

  /** Notes that all of it was written. */
  void written(ObjectNode known, BoundFields fields) {
    table = known;
    emptied.clear();
    fields.forEach(field -> byColumn.put(field.column(), field));
  }
}
