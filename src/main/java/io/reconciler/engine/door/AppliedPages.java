package io.reconciler.engine.door;

import io.reconciler.engine.apply.plan.PagePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Collects what was applied record by record; one that went to the dead letters adds nothing. */
final class AppliedPages implements AggregationStrategy {

  @Override
  public Exchange aggregate(@Nullable Exchange before, @Nullable Exchange record) {
    Exchange next = Objects.requireNonNull(record);
    Exchange result = before == null ? next : before;
    List<PagePlan> pages = new ArrayList<>();
    if (before != null && before.getMessage().getBody() instanceof List<?> earlier) {
      earlier.forEach(page -> pages.add((PagePlan) page));
    }
    if (next.getException() != null && result.getException() == null) {
      result.setException(next.getException());
    }
    if (next.getMessage().getBody() instanceof PagePlan page) {
      pages.add(page);
    }
    result.getMessage().setBody(pages);
    return result;
  }
}
