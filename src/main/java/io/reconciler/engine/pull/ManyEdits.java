package io.reconciler.engine.pull;

import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.apply.plan.PageLook;
import io.reconciler.engine.run.Run;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.postgres.AgreedValues;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds fields of the portal's that hold something else in most records of a page than was agreed
 * on: people rarely edit so many at once, a change of the field's type does. Pure.
 */
final class ManyEdits {

  private static final int MANY = 10;

  private ManyEdits() {}

  /** Whether the page has enough records for it. */
  static boolean canBe(Page page) {
    return page.records().size() >= MANY;
  }

  /** Whether it is so of some field in this page, which was looked at. */
  static boolean isIn(Page page, Run run) {
    PageLook look = Objects.requireNonNull(page.look(), "look");
    return run.mapping().portalFields().stream()
        .filter(field -> !run.table().leftOut().contains(field.column()))
        .anyMatch(field -> isEdited(field, page.records(), look));
  }

  private static boolean isEdited(FieldMapping field, List<IncomingRecord> records, PageLook look) {
    int held = 0;
    int edited = 0;
    for (IncomingRecord record : records) {
      Object agreed = look.agreed().getOrDefault(record.id(), AgreedValues.NONE).agreedOn(field);
      if (agreed != null && record.columns().anyMatch(field.column()::equals)) {
        held++;
        edited += agreed.equals(shown(field, record)) ? 0 : 1;
      }
    }
    return edited >= MANY && edited > held / 2;
  }

  private static @Nullable Object shown(FieldMapping field, IncomingRecord record) {
    return record.failures().containsKey(field.column())
        ? null
        : field.normalise(record.values().get(field.column()));
  }
}
