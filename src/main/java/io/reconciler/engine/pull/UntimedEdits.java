package io.reconciler.engine.pull;

import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.apply.plan.PageLook;
import io.reconciler.engine.run.Run;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.postgres.AgreedValues;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds cells of the portal's that show something else than was agreed on while their record was
 * not modified since: an edit would have moved its time, a change of the field's type does not.
 * Pure.
 */
final class UntimedEdits {

  /** Airtable shows whole seconds: of a time that is so new there may be another edit. */
  private static final Duration NEW = Duration.ofSeconds(10);

  private UntimedEdits() {}

  /** Whether there is one in this page, which was looked at. */
  static boolean isIn(Page page, Run run) {
    PageLook look = Objects.requireNonNull(page.look(), "look");
    return run.mapping().hasModifiedField()
        && page.records().stream()
            .anyMatch(record -> isIn(record, look.agreed().get(record.id()), run));
  }

  // While a change of the portal is on its way the times are about that.
  private static boolean isIn(IncomingRecord record, @Nullable AgreedValues known, Run run) {
    return known != null
        && !known.pending()
        && record.modified().equals(known.modified())
        && record.modified().isBefore(run.started().minus(NEW))
        && run.mapping().portalFields().stream()
            .filter(field -> !run.table().leftOut().contains(field.column()))
            .anyMatch(field -> isOther(field, record, known));
  }

  // What can't be converted overwrites nothing, nor does a cell where nothing was.
  private static boolean isOther(FieldMapping field, IncomingRecord record, AgreedValues known) {
    Object agreed = known.agreedOn(field);
    return agreed != null
        && !known.intent().containsKey(field.group())
        && record.applies(field)
        && !agreed.equals(field.normalise(record.values().get(field.column())));
  }
}
