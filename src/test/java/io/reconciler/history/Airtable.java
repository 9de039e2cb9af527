package io.reconciler.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.history.Edit.Side;
import io.reconciler.sandbox.table.SandboxTable;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** People and automations inside Airtable. */
final class Airtable {

  private static final String RENAMED = " (old)";
  private static final String CLAIMED_AT = "Claimed At";

  private final SandboxTable leads;
  private final EditLog edits;
  private final Set<Cell> renamed = new HashSet<>();
  private final Set<String> deleted = new HashSet<>();
  private final Map<String, Map<String, Object>> claimsBefore = new HashMap<>();

  Airtable(SandboxTable leads, EditLog edits) {
    this.leads = leads;
    this.edits = edits;
  }

  /** Goes on from there, with edits of its own. */
  Airtable(Airtable past, EditLog edits) {
    this(past.leads, edits);
    renamed.addAll(past.renamed);
    deleted.addAll(past.deleted);
    claimsBefore.putAll(past.claimsBefore);
  }

  String create(Cell cell) {
    int number = edits.next();
    String marker = cell.marker(number);
    Map<String, Object> fields = new HashMap<>(fields(cell, value(cell, marker)));
    fields.put("First Name", "Person " + number);
    fields.put("Email", "person" + number + "@example.com");
    String record = leads.create(fields);
    edits.at(record, leads.modified(record));
    edits.made(number, Side.AIRTABLE, record, cell, marker, "", marker, false);
    return record;
  }

  void set(String record, Cell cell) {
    int number = edits.next();
    String marker = cell.marker(number);
    String before = leads.exists(record) ? text(record, cell) : "";
    String wrote = cell != Cell.NOTES || before.isEmpty() ? marker : before + "\n" + marker;
    write(number, record, cell, marker, wrote);
  }

  void rewrite(String record) {
    int number = edits.next();
    write(number, record, Cell.NOTES, Cell.NOTES.marker(number), Cell.NOTES.marker(number));
  }

  void clear(String record, Cell cell) {
    write(edits.next(), record, cell, "", "");
  }

  /** The claim that the record had before its last edit here, as it was to the millisecond. */
  void back(String record) {
    Map<String, Object> claim = claimsBefore.get(record);
    if (claim != null) {
      String wrote = Cell.CLAIM.text(claim.get(Cell.CLAIM.field()));
      Map<String, Object> fields = new HashMap<>(claim);
      fields.put(name(Cell.CLAIM), fields.remove(Cell.CLAIM.field()));
      write(edits.next(), record, Cell.CLAIM, wrote, wrote, fields);
    }
  }

  /** A value that does not fit its column. */
  void bad(String record, Cell cell) {
    int number = edits.next();
    String marker = cell.marker(number);
    String bad =
        switch (cell) {
          case CLAIM -> "nobody " + marker;
          case SENT -> marker + ".5";
          case COMPANY, TITLE, NOTES -> "x".repeat(300) + marker;
        };
    write(number, record, cell, marker, bad);
  }

  /** A value that fits its column, but not the constraints of {@link Bench}. */
  void refused(String record, Cell cell) {
    int number = edits.next();
    String value =
        cell == Cell.CLAIM
            ? Bench.REFUSED_USER + cell.marker(number).substring(Bench.REFUSED_USER.length())
            : String.valueOf(Bench.REFUSED_COUNT + number);
    write(number, record, cell == Cell.CLAIM ? cell : Cell.SENT, value, value);
  }

  void toggleStop(String record) {
    if (leads.exists(record)) {
      boolean stopped = leads.cells(record).containsKey("SMS Stop");
      leads.update(record, Collections.singletonMap("SMS Stop", stopped ? null : true));
      edits.at(record, leads.modified(record));
    }
  }

  void rename(Cell cell) {
    String from = name(cell);
    if (!renamed.remove(cell)) {
      renamed.add(cell);
    }
    leads.renameField(from, name(cell));
  }

  void renameBack() {
    Set.copyOf(renamed).forEach(this::rename);
  }

  boolean isRenamed() {
    return !renamed.isEmpty();
  }

  /** Deletes the record or restores it, if that can be done. */
  void exist(String record, boolean exists) {
    if (exists && deleted.remove(record)) {
      leads.restore(record);
    } else if (!exists && deleted.add(record)) {
      edits.at(record, leads.modified(record));
      leads.delete(record);
    }
  }

  private void write(int number, String record, Cell cell, String marker, String wrote) {
    write(number, record, cell, marker, wrote, fields(cell, value(cell, wrote)));
  }

  private void write(
      int number,
      String record,
      Cell cell,
      String marker,
      String wrote,
      Map<String, Object> fields) {
    if (leads.exists(record)) {
      String saw = text(record, cell);
      if (cell == Cell.CLAIM) {
        claimsBefore.put(record, claim(record));
      }
      leads.update(record, fields);
      edits.at(record, leads.modified(record));
      if (!saw.equals(wrote)) {
        edits.made(number, Side.AIRTABLE, record, cell, marker, saw, wrote, false);
      }
    }
  }

  private Map<String, Object> claim(String record) {
    Map<String, JsonNode> cells = leads.cells(record);
    JsonNode by = cells.get(name(Cell.CLAIM));
    JsonNode at = cells.get(CLAIMED_AT);
    Map<String, Object> claim = new HashMap<>();
    claim.put(Cell.CLAIM.field(), by == null ? null : by.asText());
    claim.put(CLAIMED_AT, at == null ? null : at.asText());
    return claim;
  }

  private String text(String record, Cell cell) {
    JsonNode value = leads.cells(record).get(name(cell));
    return cell.text(value == null ? null : value.asText());
  }

  private Map<String, Object> fields(Cell cell, Object value) {
    Map<String, Object> fields = new HashMap<>();
    fields.put(name(cell), value);
    if (cell == Cell.CLAIM) {
      fields.put(CLAIMED_AT, value == null ? null : "2026-01-05T11:22:33.456Z");
    }
    return fields;
  }

  private static Object value(Cell cell, String text) {
    if (text.isEmpty()) {
      return null;
    }
    return cell == Cell.SENT ? (Object) number(text) : text;
  }

  private static Number number(String text) {
    return text.contains(".") ? (Number) Double.valueOf(text) : (Number) Integer.valueOf(text);
  }

  private String name(Cell cell) {
    return cell.field() + (renamed.contains(cell) ? RENAMED : "");
  }
}
