package io.reconciler.engine.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Links of a table's records that wait until all tables are pulled. A record of which nothing could
 * be applied leaves none: it is one error, and tried once a run.
 */
public final class LinksLeft {

  private final List<Left> left = new ArrayList<>();
  private final Set<String> unapplied = new HashSet<>();

  private record Left(String recordId, Object record) {}

  LinksLeft() {}

  /** Links of this record wait. */
  public synchronized <T> void add(String recordId, T record) {
    left.add(new Left(recordId, record));
  }

  /** Nothing of this record could be applied. */
  public synchronized void drop(String recordId) {
    unapplied.add(recordId);
    left.removeIf(each -> each.recordId().equals(recordId));
  }

  /** Whether nothing of a record could be applied when this run tried it. */
  public synchronized boolean isDropped(String recordId) {
    return unapplied.contains(recordId);
  }

  /** Whether none waits. */
  public synchronized boolean isEmpty() {
    return left.isEmpty();
  }

  /** What waits; nothing does after it. */
  public synchronized List<Object> take() {
    List<Object> taken = left.stream().map(Left::record).toList();
    left.clear();
    return taken;
  }
}
