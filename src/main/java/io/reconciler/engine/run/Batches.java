package io.reconciler.engine.run;

import java.util.ArrayList;
import java.util.List;

/** Cuts lists into parts that are small enough for one step. */
public final class Batches {

  private Batches() {}

  /** The list in its order, in parts of {@code size}; the last one may be shorter. */
  public static <T> List<List<T>> of(List<T> list, int size) {
    List<List<T>> parts = new ArrayList<>();
    for (int i = 0; i < list.size(); i += size) {
      parts.add(list.subList(i, Math.min(list.size(), i + size)));
    }
    return parts;
  }

  /** The first half and the second, which is the longer one of an odd number. */
  public static <T> List<List<T>> halves(List<T> list) {
    int half = list.size() / 2;
    return List.of(list.subList(0, half), list.subList(half, list.size()));
  }
}
