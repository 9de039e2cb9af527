package io.reconciler.engine.pull;

import io.reconciler.engine.apply.Pages;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.field.KnownFields;
import io.reconciler.engine.run.Run;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Signs in a page that a field is not what it was when the metadata was last read: it is gone, or
 * of another type. Such a page is not believed before Airtable was asked.
 */
public final class FieldSigns {

  private final Clock clock;

  /** Believes metadata that was asked for just now on this clock. */
  public FieldSigns(Clock clock) {
    this.clock = clock;
  }

  /**
   * Whether there may be such a sign, and the page's leads are to be looked at.
   *
   * @param quiet whether the page before changed nothing; a page that is looked at for that reason
   *     costs nothing more here
   */
  public boolean isUnsure(Page page, @Nullable Boolean quiet, Run run) {
    KnownFields fields = run.table().fields();
    return (fields.age().isUnsure(clock.instant()) && EmptyColumns.isAny(page, run))
        || (fields.isBelieved()
            && (fields.age().isDoubted() || ManyEdits.canBe(page) || Pages.wantsLook(page, quiet)));
  }

  /** Whether there is one in this page, which was looked at. */
  public boolean isThere(Page page, Run run) {
    KnownFields fields = run.table().fields();
    return EmptyColumns.wouldClear(page, run)
        || (fields.isBelieved()
            && (fields.age().isDoubted()
                || UntimedEdits.isIn(page, run)
                || ManyEdits.isIn(page, run)));
  }
}
