package io.reconciler.engine.door;

import java.util.Objects;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Waits for all parts of a split; the first failure among them is the whole's. */
final class FirstFailure implements AggregationStrategy {

  @Override
  public Exchange aggregate(@Nullable Exchange before, @Nullable Exchange part) {
    Exchange next = Objects.requireNonNull(part);
    return before == null || (before.getException() == null && next.getException() != null)
        ? next
        : before;
  }
}
