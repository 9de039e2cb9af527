package io.reconciler.history;

import io.reconciler.history.Edit.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every edit so far, in order. */
final class Edits {

  private final List<Edit> all = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Instant> latest = Collections.synchronizedMap(new HashMap<>());
  private int numbers;

  synchronized int next() {
    return ++numbers;
  }

  void made(
      int number, Side side, String record, Cell cell, String marker, String saw, String wrote) {
    all.add(new Edit(number, side, record, cell, marker, saw, wrote, false));
  }

  void madeByPortal(
      int number, String record, Cell cell, String marker, String saw, String wrote, boolean late) {
    all.add(new Edit(number, Side.PORTAL, record, cell, marker, saw, wrote, late));
  }

  /** A record was edited then, on the clock of the side that was. */
  void at(String record, Instant time) {
    latest.merge(record, time, (a, b) -> a.isAfter(b) ? a : b);
  }

  /** When a record was last edited on either side. */
  Instant latest(String record) {
    return latest.getOrDefault(record, Instant.MAX);
  }

  List<Edit> all() {
    return List.copyOf(all);
  }
}
