package io.reconciler.sandbox.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record's stored cells, by field id, and the moments of its edits. */
public final class Row {

  private final String id;
  private final int number;
  private final Instant created;
  private final Map<String, JsonNode> cells = new HashMap<>();
  private final Map<String, Instant> edits = new HashMap<>();
  private Instant modified;
  private int creator;
  private int editor;

  Row(String id, int number, Instant created) {
    this.id = id;
    this.number = number;
    this.created = created;
    this.modified = created;
  }

  public String id() {
    return id;
  }

  int number() {
    return number;
  }

  Instant created() {
    return created;
  }

  /** Which of the users of the base created it, and which edited it last. */
  int creator() {
    return creator;
  }

  int editor() {
    return editor;
  }

  public void editor(int user) {
    editor = user;
  }

  public void creator(int user) {
    creator = user;
    editor = user;
  }

  @Nullable JsonNode cell(String fieldId) {
    return cells.get(fieldId);
  }

  /** Returns the latest edit of any of these fields, or of any at all when none is named. */
  Instant modified(Collection<String> fieldIds) {
    if (fieldIds.isEmpty()) {
      return modified;
    }
    return fieldIds.stream()
        .map(field -> edits.getOrDefault(field, created))
        .max(Instant::compareTo)
        .orElse(created);
  }

  public boolean holds(String fieldId, JsonNode value) {
    JsonNode held = cells.get(fieldId);
    return Json.empty(value) ? held == null : value.equals(held);
  }

  /** Stores the value, or nothing for an empty one, without an edit. */
  void put(String fieldId, JsonNode value) {
    if (Json.empty(value)) {
      cells.remove(fieldId);
    } else {
      cells.put(fieldId, value);
    }
  }

  public void edited(String fieldId, Instant at) {
    edits.put(fieldId, at);
    modified = at;
  }

  /** Sets the time of the last edit, as if nothing had happened since. */
  void lastEdited(Instant at) {
    edits.replaceAll((field, edit) -> edit.isAfter(at) ? at : edit);
    modified = at;
  }

  void drop(String fieldId) {
    cells.remove(fieldId);
    edits.remove(fieldId);
  }
}
