package io.reconciler.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.sandbox.formula.Dates;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table, seen by people and automations inside Airtable: they are not checked for types, and
 * their edits count like any other. All methods are safe to call while the API is in use.
 */
public final class SandboxTable {

  private final String id;
  private final String viewId;
  private final String name;
  private final Ids ids;
  private final Clock clock;
  private final Schema schema;
  private final RecordView view;
  private final Rows rows = new Rows();

  SandboxTable(String name, Ids ids, Clock clock, List<SandboxField> fields) {
    this.id = ids.next("tbl");
    this.viewId = ids.next("viw");
    this.name = name;
    this.ids = ids;
    this.clock = clock;
    this.schema = new Schema(ids, fields);
    this.view = new RecordView(schema);
  }

  /** Returns the tbl... id. */
  public String id() {
    return id;
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Creates a record now; returns its id. Throws IllegalArgumentException for an unknown field. */
  public String create(Map<String, ?> fields) {
    return create(clock.instant(), fields);
  }

  /** Creates a record, then created and last modified; returns its id. */
  public String create(Instant createdTime, Map<String, ?> fields) {
    return create(ids.next("rec"), createdTime, fields);
  }

  /** Creates a record under that id, then created and last modified; returns the id. */
  public synchronized String create(String recordId, Instant createdTime, Map<String, ?> fields) {
    Row row = rows.blank(Ids.checked("rec", recordId), createdTime);
    fields.forEach((field, value) -> store(row, schema.get(field), value));
    if (!rows.add(row)) {
      throw new IllegalArgumentException("The table already has a record " + recordId);
    }
    return recordId;
  }

  /**
   * Edits the cells now; null clears. The modified time moves even if the values are what they
   * were, as it does when somebody changes a cell and changes it back.
   */
  public synchronized void update(String recordId, Map<String, ?> fields) {
    Row row = rows.get(recordId);
    Instant now = clock.instant();
    fields.forEach(
        (name, value) -> {
          SandboxField field = schema.get(name);
          store(row, field, value);
          if (!field.computed()) {
            row.edited(field.id(), now);
          }
        });
  }

  private void store(Row row, SandboxField field, @Nullable Object value) {
    JsonNode cell = Json.cell(value);
    Instant moment =
        field.type().equals("dateTime") && cell.isTextual() ? Dates.parse(cell.textValue()) : null;
    row.put(field.id(), moment == null ? cell : Json.cell(moment));
    if (field.type().equals("singleSelect") && cell.isTextual() && !Json.empty(cell)) {
      schema.learn(field, cell.textValue());
    }
  }

  /** Deletes the record. */
  public synchronized void delete(String recordId) {
    rows.delete(recordId);
  }

  /** Brings a deleted record back as it was, its modified time included (UNCONFIRMED). */
  public synchronized void restore(String recordId) {
    rows.restore(recordId);
  }

  /** Says whether the record is there. */
  public synchronized boolean exists(String recordId) {
    return rows.find(recordId) != null;
  }

  /** Returns the cells that are not empty, computed ones included, as the API shows them. */
  public synchronized Map<String, JsonNode> cells(String recordId) {
    Map<String, JsonNode> cells = new LinkedHashMap<>();
    Row row = rows.get(recordId);
    for (SandboxField field : schema.fields()) {
      JsonNode value = view.cell(row, field);
      if (value != null) {
        cells.put(field.name(), value);
      }
    }
    return cells;
  }

  /** Returns the time of the last edit of any field as Airtable shows it, in whole seconds. */
  public synchronized Instant modified(String recordId) {
    return RecordView.shown(rows.get(recordId).modified(List.of()));
  }

  /** Makes that the time of the record's last edit. */
  public synchronized void setModified(String recordId, Instant at) {
    rows.get(recordId).lastEdited(at);
  }

  /** Returns the ids of all records in the order of their creation. */
  public synchronized List<String> ids() {
    return List.copyOf(rows.ids());
  }

  /** Returns the number of records. */
  public synchronized int size() {
    return rows.ids().size();
  }

  /** Returns the fields in order. */
  public synchronized List<SandboxField> fields() {
    return schema.fields();
  }

  /** Returns the field of that name or id; throws IllegalArgumentException when there is none. */
  public synchronized SandboxField field(String nameOrId) {
    return schema.get(nameOrId);
  }

  /** Gives a field another name; its id and cells stay. */
  public synchronized void renameField(String oldName, String newName) {
    if (schema.find(newName) != null) {
      throw new IllegalArgumentException("The table already has a field " + newName);
    }
    schema.replace(oldName, schema.get(oldName).withName(newName));
  }

  /** Removes a field and its cells. */
  public synchronized void removeField(String nameOrId) {
    SandboxField gone = schema.remove(nameOrId);
    rows.all().forEach(row -> row.drop(gone.id()));
  }

  /** Adds a field, empty in all records. */
  public synchronized void addField(SandboxField field) {
    schema.add(field);
  }

  /** Runs the work while nobody else changes the table. */
  synchronized <T> T locked(Supplier<T> work) {
    return work.get();
  }

  /** Returns the id of the only view, Grid view. */
  String viewId() {
    return viewId;
  }

  Schema schema() {
    return schema;
  }

  RecordView view() {
    return view;
  }

  Rows rows() {
    return rows;
  }

  /** Returns a record that the table does not hold yet. */
  Row blank() {
    return rows.blank(ids.next("rec"), clock.instant());
  }

  /** Returns the record as the API shows it; throws the API's error when it has just gone. */
  ObjectNode show(String recordId, RecordView.Form form) {
    Row row = rows.find(recordId);
    if (row == null) {
      throw ApiError.recordNotFound();
    }
    return view.record(row, schema.fields(), form);
  }
}
