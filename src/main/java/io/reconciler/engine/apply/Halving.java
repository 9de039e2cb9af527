package io.reconciler.engine.apply;

import io.reconciler.engine.run.Batches;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds those of some units that can't go together with the rest, by trying halves: of n units of
 * which k are bad, about k log n tries. Pure.
 */
final class Halving<T> {

  private final Deque<List<T>> left = new ArrayDeque<>();
  private final Set<T> good = new HashSet<>();
  private final Map<T, String> bad = new LinkedHashMap<>();

  Halving(List<T> units) {
    push(units);
  }

  boolean isOver() {
    return left.isEmpty();
  }

  /** The units to try together. */
  Set<T> next() {
    Set<T> tried = new HashSet<>(good);
    tried.addAll(left.element());
    return tried;
  }

  void passed() {
    good.addAll(left.remove());
  }

  void failed(String why) {
    List<T> tried = left.remove();
    if (tried.size() == 1) {
      bad.put(tried.get(0), why);
    } else {
      List<List<T>> halves = Batches.halves(tried);
      push(halves.get(1));
      push(halves.get(0));
    }
  }

  /** The bad ones, and why each of them failed. */
  Map<T, String> bad() {
    return bad;
  }

  private void push(List<T> units) {
    if (!units.isEmpty()) {
      left.push(List.copyOf(units));
    }
  }
}
