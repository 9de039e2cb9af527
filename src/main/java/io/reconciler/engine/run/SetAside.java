package io.reconciler.engine.run;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records of a table that wait for the end of its listing, until the row holding their unique value
 * gives it up. Nothing of them is written or counted before; a run that is cut off reads them
 * again.
 */
public final class SetAside {

  /** More than this are no exchange of values: each is looked into at once. */
  private static final int MOST = 500;

  private final Map<String, Object> records = new LinkedHashMap<>();
  private boolean open;

  SetAside() {}

  /** The listing begins: from now on records may wait for its end. */
  public synchronized void open() {
    open = true;
  }

  /** Sets a record aside; false where it has to be dealt with at once. */
  public synchronized <T> boolean add(String recordId, T record) {
    boolean taken = open && (records.containsKey(recordId) || records.size() < MOST);
    if (taken) {
      records.put(recordId, record);
    }
    return taken;
  }

  /** These records are there again, as they are now. */
  public synchronized void drop(Collection<String> recordIds) {
    records.keySet().removeAll(recordIds);
  }

  /** The listing has ended: what was set aside, in that order; nothing is from now on. */
  public synchronized List<Object> close() {
    open = false;
    List<Object> taken = List.copyOf(records.values());
    records.clear();
    return taken;
  }
}
