package io.reconciler.sandbox.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A table, seen by people and automations inside Airtable: they are not checked for types, and
 * their edits count like any other. All methods are safe to call while the API is in use.
 */
public final class SandboxTable {

  /** Which of the users works inside of Airtable. */
  private static final int PERSON = 1;

  private final SandboxBase base;
  private final String id;
  private final String viewId;
  private final String name;
  private final Ids ids;
  private final Clock clock;
  private final Schema schema;
  private final RowView view;
  private final LinkPairs links;
  private final CellEntry entry;
  private final TableRows rows = new TableRows();

  SandboxTable(SandboxBase base, String name, Ids ids, Clock clock, List<SandboxField> fields) {
    this.base = base;
    this.id = ids.next("tbl");
    this.viewId = ids.next("viw");
    this.name = name;
    this.ids = ids;
    this.clock = clock;
    this.schema = new Schema(ids, fields);
    this.links = new LinkPairs(base);
    this.entry = new CellEntry(schema, links);
    this.view = new RowView(schema, new Computed(schema, links), clock);
  }

  /** Returns the tbl... id. */
  public String id() {
    return id;
  }

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
  public String create(String recordId, Instant createdTime, Map<String, ?> fields) {
    synchronized (base) {
      Row row = rows.blank(Ids.checked("rec", recordId), createdTime);
      row.creator(PERSON);
      fields.forEach((field, value) -> entry.type(row, schema.get(field), value, createdTime));
      if (!rows.add(row)) {
        throw new IllegalArgumentException("The table already has a record " + recordId);
      }
      return recordId;
    }
  }

  /**
   * Edits the cells now; null clears. The modified time moves even if the values are what they
   * were, as it does when somebody changes a cell and changes it back.
   */
  public void update(String recordId, Map<String, ?> fields) {
    synchronized (base) {
      Row row = rows.get(recordId);
      Instant now = clock.instant();
      fields.forEach(
          (name, value) -> {
            SandboxField field = schema.get(name);
            entry.type(row, field, value, now);
            row.editor(PERSON);
            if (!field.computed()) {
              row.edited(field.id(), now);
            }
          });
    }
  }

  /** Returns the record that is called so, a new one if need be. */
  public String named(String text) {
    SandboxField primary = schema.fields().get(0);
    return rows.all().stream()
        .filter(row -> text.equals(view.formulaValue(row, primary)))
        .map(Row::id)
        .findFirst()
        .orElseGet(() -> create(Map.of(primary.name(), text)));
  }

  /** Deletes the record; others no longer link to it. */
  public void delete(String recordId) {
    synchronized (base) {
      links.present(this, rows.get(recordId), false, clock.instant());
      rows.delete(recordId);
    }
  }

  /** Brings a deleted record back as it was, its modified time included (UNCONFIRMED). */
  public void restore(String recordId) {
    synchronized (base) {
      rows.restore(recordId);
      links.present(this, rows.get(recordId), true, clock.instant());
    }
  }

  /** Says whether the record is there. */
  public boolean exists(String recordId) {
    return locked(() -> rows.find(recordId) != null);
  }

  /** Returns the cells that are not empty, computed ones included, as the API shows them. */
  public Map<String, JsonNode> cells(String recordId) {
    return locked(() -> view.cells(rows.get(recordId), schema.fields(), RowView.Form.NAMES));
  }

  /** Returns the time of the last edit of any field as Airtable shows it, in whole seconds. */
  public Instant modified(String recordId) {
    return locked(() -> RowView.shown(rows.get(recordId).modified(List.of())));
  }

  /** Makes that the time of the record's last edit. */
  public void setModified(String recordId, Instant at) {
    synchronized (base) {
      rows.get(recordId).lastEdited(at);
    }
  }

  /** Returns the ids of all records in the order of their creation. */
  public List<String> ids() {
    return locked(() -> List.copyOf(rows.ids()));
  }

  /** Returns the number of records. */
  public int size() {
    return locked(() -> rows.ids().size());
  }

  /** Returns the fields in order. */
  public List<SandboxField> fields() {
    return locked(() -> schema.fields());
  }

  /** Returns the field of that name or id; throws IllegalArgumentException when there is none. */
  public SandboxField field(String nameOrId) {
    return locked(() -> schema.get(nameOrId));
  }

  /** Gives a field another name; its id and cells stay. */
  public void renameField(String oldName, String newName) {
    synchronized (base) {
      if (schema.find(newName) != null) {
        throw new IllegalArgumentException("The table already has a field " + newName);
      }
      schema.replace(oldName, schema.get(oldName).withName(newName));
    }
  }

  /** Gives the field of that name another type or other options; its id and cells stay. */
  public void changeField(SandboxField field) {
    synchronized (base) {
      schema.replace(field.name(), field.withId(schema.get(field.name()).id()));
    }
  }

  /** Removes a field and its cells. */
  public void removeField(String nameOrId) {
    synchronized (base) {
      SandboxField gone = schema.remove(nameOrId);
      rows.all().forEach(row -> row.drop(gone.id()));
    }
  }

  /** Adds a field, empty in all records. */
  public void addField(SandboxField field) {
    synchronized (base) {
      schema.add(field);
    }
  }

  /**
   * Adds a field that links to records of a table, and one of that table that shows the same links
   * from the other side; returns the field as it is now.
   */
  public SandboxField addLink(
      String name, SandboxTable target, boolean single, String inverseName) {
    synchronized (base) {
      String here = ids.next("fld");
      String there = ids.next("fld");
      addField(SandboxField.link(here, name, target.id(), there, single));
      target.addField(SandboxField.link(there, inverseName, id, here, false));
      return field(here);
    }
  }

  /** Adds a count of the records that a link holds. */
  public void addCount(String name, String link) {
    addField(SandboxField.count(name, field(link)));
  }

  /** Adds a lookup of a field of the linked records, or a rollup of it: numbers are summed up. */
  public void addOver(String type, String name, String link, String field) {
    SandboxField over = field(link);
    SandboxField source = base.table(over.option("linkedTableId")).field(field);
    addField(SandboxField.over(type, name, over, source));
  }

  /** Runs the work while nobody else changes the table. */
  public <T> T locked(Supplier<T> work) {
    synchronized (base) {
      return work.get();
    }
  }

  /** Returns the id of the only view, Grid view. */
  public String viewId() {
    return viewId;
  }

  public Schema schema() {
    return schema;
  }

  public RowView view() {
    return view;
  }

  /** Stores a cell in a row, and what follows from it in others. */
  public void put(Row row, SandboxField field, JsonNode cell, Instant now) {
    entry.put(row, field, cell, now);
  }

  public TableRows rows() {
    return rows;
  }

  /** Returns a record that the table does not hold yet. */
  public Row blank() {
    return rows.blank(ids.next("rec"), clock.instant());
  }
}
