package io.reconciler.engine.apply.plan;

import io.reconciler.decide.ConflictPolicy;
import io.reconciler.decide.GroupValues;
import io.reconciler.side.postgres.AgreedValues;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the portal wrote last of the groups that are merged line by line, and what it was left with:
 * only so can a line that somebody took away be told from one that he never saw.
 */
final class PortalTexts {

  private final Map<String, GroupValues> written;
  private final Map<String, GroupValues> seen;

  /** As it is known so far. */
  PortalTexts(AgreedValues known) {
    this.written = new LinkedHashMap<>(known.written());
    this.seen = new LinkedHashMap<>(known.seen());
  }

  /** A group was decided, and this is agreed on now. */
  void left(GroupOutcome outcome, @Nullable GroupValues agreed) {
    if (outcome.group().policy() != ConflictPolicy.MERGE_LINES) {
      return;
    }
    String name = outcome.group().name();
    put(written, name, outcome.state().lastWritten(), agreed);
    put(
        seen,
        name,
        outcome.pull() ? outcome.decision().target() : outcome.state().portal(),
        agreed);
  }

  Map<String, GroupValues> written() {
    return written;
  }

  Map<String, GroupValues> seen() {
    return seen;
  }

  private static void put(
      Map<String, GroupValues> texts, String name, GroupValues text, @Nullable GroupValues agreed) {
    if (text.equals(agreed)) {
      texts.remove(name);
    } else {
      texts.put(name, text);
    }
  }
}
