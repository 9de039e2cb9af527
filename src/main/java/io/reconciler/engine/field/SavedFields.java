package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the database holds of a table and its fields, so that only what differs is written. Used by
 * one thread.
 */
public final class SavedFields {

  private final Map<String, BoundField> byColumn = new LinkedHashMap<>();
  private final Set<String> filled = new HashSet<>();
  private final Set<String> emptied = new HashSet<>();
  private final KnownTable known;
  private final BoundFields fields;
  private @Nullable ObjectNode table;
  private boolean asked;
  private boolean otherTable;

  /** As {@code read-fields.sql} returned it; what is known since is in the others. */
  SavedFields(JsonNode row, KnownTable known, BoundFields fields) {
    this.known = known;
    this.fields = fields;
    if (row.path("table").isObject()) {
      table = known.json();
    }
    row.path("fields")
        .forEach(field -> byColumn.put(field.path("column_name").asText(), BoundField.of(field)));
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
        && !field.isMisfit()
        && (field.replaces(before) || isUnlike(field));
  }

  /** Whether the database holds another type of the column's field, or one that did not fit. */
  boolean isUnlike(BoundField field) {
    BoundField before = byColumn.get(field.column());
    return before != null
        && (before.isMisfit() || (!before.type().isEmpty() && !before.type().equals(field.type())));
  }

  /** Whether the type of the column's field was changed, and it serves the column all the same. */
  boolean isConverted(BoundField field) {
    BoundField before = byColumn.get(field.column());
    return before != null && field.isConverted(before);
  }

  /** The options that the database does not know of this field yet. */
  List<String> gained(BoundField field) {
    BoundField before = byColumn.get(field.column());
    return before == null
        ? List.of()
        : field.choices().stream().filter(choice -> !before.choices().contains(choice)).toList();
  }

  /** The metadata was asked for: that is to be written too. */
  void asked() {
    asked = true;
  }

  /** Another table than the kept one was taken. */
  void tableTaken() {
    otherTable = true;
  }

  /** Whether another table than the kept one was taken, and the database does not know it yet. */
  public boolean isOtherTable() {
    return otherTable;
  }

  /** Whether the database does not know yet what is known, or that it was asked for. */
  public boolean isUnsaved() {
    return asked || !emptied.isEmpty() || !known.json().equals(table) || !different().isEmpty();
  }

  /** Notes that what is known now was written. */
  public void written() {
    asked = false;
    otherTable = false;
    table = known.json();
    emptied.clear();
    fields.forEach(field -> byColumn.put(field.column(), field));
  }

  /** The row of {@code reconciler.airtable_table} as JSON. */
  public String tableJson() {
    return known.json().toString();
  }

  /** The rows of {@code reconciler.field} that differ from what was kept, as JSON. */
  public String fieldsJson() {
    return different().toString();
  }

  private ArrayNode different() {
    return fields.json(field -> !field.equals(byColumn.get(field.column())));
  }
}
