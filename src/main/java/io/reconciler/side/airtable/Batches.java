package io.reconciler.side.airtable;

import java.util.ArrayList;
import java.util.List;

/** Cuts what is to be asked or sent into parts that fit one request. */
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
}
