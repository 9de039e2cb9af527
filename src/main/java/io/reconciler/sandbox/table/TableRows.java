package io.reconciler.sandbox.table;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of a table in the order of their creation, and the deleted ones. */
public final class TableRows {

  private final Map<String, Row> present = new LinkedHashMap<>();
  private final Map<String, Row> deleted = new HashMap<>();
  private int lastNumber;

  /** Returns a record that is not held yet. */
  Row blank(String recordId, Instant created) {
    return new Row(recordId, ++lastNumber, created);
  }

  /** Takes the record in unless one of its id is there; says whether it was new. */
  public boolean add(Row row) {
    return present.putIfAbsent(row.id(), row) == null;
  }

  public @Nullable Row find(String recordId) {
    return present.get(recordId);
  }

  /** Throws IllegalArgumentException for a record that does not exist. */
  Row get(String recordId) {
    return known(present.get(recordId), recordId);
  }

  public Collection<Row> all() {
    return present.values();
  }

  Collection<String> ids() {
    return present.keySet();
  }

  void delete(String recordId) {
    deleted.put(recordId, get(recordId));
    present.remove(recordId);
  }

  void restore(String recordId) {
    present.put(recordId, known(deleted.remove(recordId), recordId));
  }

  private static Row known(@Nullable Row row, String recordId) {
    if (row == null) {
      throw new IllegalArgumentException("No record " + recordId);
    }
    return row;
  }
}
