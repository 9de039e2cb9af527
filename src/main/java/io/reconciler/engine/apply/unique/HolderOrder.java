package io.reconciler.engine.apply.unique;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An order for records that want what others of them hold: whoever holds a value comes before
 * whoever wants it, and those that wait for each other in a circle come together. Pure (Tarjan's
 * circles).
 */
final class HolderOrder {

  private final Set<String> among;
  private final Map<String, Set<String>> holders;
  private final Map<String, Integer> found = new HashMap<>();
  private final Map<String, Integer> lowest = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final List<List<String>> order = new ArrayList<>();

  private HolderOrder(List<String> records, Map<String, Set<String>> holders) {
    this.among = Set.copyOf(records);
    this.holders = holders;
  }

  /** Of these records, given who holds what each of them wants; others are overlooked. */
  static List<List<String>> of(List<String> records, Map<String, Set<String>> holders) {
    HolderOrder order = new HolderOrder(records, holders);
    for (String record : records) {
      if (!order.found.containsKey(record)) {
        order.visit(record);
      }
    }
    return order.order;
  }

  private void visit(String record) {
    int at = found.size();
    found.put(record, at);
    lowest.put(record, at);
    open.push(record);
    for (String holder : holders.getOrDefault(record, Set.of())) {
      if (!among.contains(holder)) {
        continue;
      }
      if (!found.containsKey(holder)) {
        visit(holder);
        lowest.merge(record, lowest.getOrDefault(holder, at), Math::min);
      } else if (open.contains(holder)) {
        lowest.merge(record, found.getOrDefault(holder, at), Math::min);
      }
    }
    if (lowest.getOrDefault(record, at) == at) {
      order.add(circle(record));
    }
  }

  private List<String> circle(String first) {
    List<String> circle = new ArrayList<>();
    String last;
    do {
      last = open.pop();
      circle.add(0, last);
    } while (!last.equals(first));
    return circle;
  }
}
