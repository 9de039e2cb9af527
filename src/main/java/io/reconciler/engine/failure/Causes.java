package io.reconciler.engine.failure;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a failure was caused by, whatever it is wrapped in. */
public final class Causes {

  /** Causes may go round. */
  private static final int DEEPEST = 1_000;

  private Causes() {}

  public static <T extends Throwable> Optional<T> find(Throwable cause, Class<T> type) {
    return Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
        .limit(DEEPEST)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }
}
