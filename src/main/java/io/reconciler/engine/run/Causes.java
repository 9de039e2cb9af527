package io.reconciler.engine.run;

import java.util.Optional;

/** What a failure was caused by, whatever it is wrapped in. */
final class Causes {

  private Causes() {}

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
