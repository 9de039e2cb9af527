package io.reconciler.engine.apply.unique;

import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records of a listing that wanted what other rows held, once the listing has ended. */
public final class Collided {

  private final Map<String, IncomingRecord> records = new LinkedHashMap<>();

  Collided(List<IncomingRecord> records) {
    add(records);
  }

  public boolean isEmpty() {
    return records.isEmpty();
  }

  void add(List<IncomingRecord> more) {
    more.forEach(record -> records.putIfAbsent(record.id(), record));
  }

  boolean contains(String recordId) {
    return records.containsKey(recordId);
  }

  List<IncomingRecord> records() {
    return List.copyOf(records.values());
  }

  /** One page each for those that have to be applied together, in an order that lets them. */
  List<Page> pages(Map<String, Set<String>> holders) {
    return HolderOrder.of(List.copyOf(records.keySet()), holders).stream()
        .map(ids -> ids.stream().map(records::get).toList())
        .map(circle -> circle.size() > 1 ? Page.circle(circle) : Page.pulled(circle))
        .toList();
  }

  // Camel looks properties up by their hash.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
