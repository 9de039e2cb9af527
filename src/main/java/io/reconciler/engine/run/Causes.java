package io.reconciler.engine.run;

import java.util.Optional;

/** What a failure was caused by, whatever it is wrapped in. */
final class Causes {

  private Causes() {}

  /** The last of all. */
  static Throwable root(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  /**
   * The last of a type: the pool says only that it has no connection, the driver below it says why.
   */
  static <T extends Throwable> Optional<T> deepest(Throwable cause, Class<T> type) {
    Optional<T> found = find(cause, type);
    while (found.isPresent() && found.get().getCause() != null) {
      Optional<T> below = find(found.get().getCause(), type);
      if (below.isEmpty()) {
        break;
      }
      found = below;
    }
    return found;
  }

  /** The first of a type. */
  static <T extends Throwable> Optional<T> find(Throwable cause, Class<T> type) {
    for (Throwable t = cause; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (type.isInstance(t)) {
        return Optional.of(type.cast(t));
      }
    }
    return Optional.empty();
  }
}
