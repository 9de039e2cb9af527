package io.reconciler.engine.apply;

import io.reconciler.engine.apply.plan.PagePlan;
import io.reconciler.engine.apply.plan.RecordPlan;
import io.reconciler.engine.run.Run;
import io.reconciler.side.postgres.AlteredValue;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of columns in which PostgreSQL holds something else than was written, once in a run. */
final class AlteredValues {

  private static final Logger LOG = LoggerFactory.getLogger(AlteredValues.class);

  private AlteredValues() {}

  /** Tells of what was not known before; the values stay out of the log. */
  static void tell(PagePlan before, PagePlan after, Run run) {
    for (int i = 0; i < after.records().size(); i++) {
      RecordPlan plan = after.records().get(i);
      Map<String, AlteredValue> known = before.records().get(i).agreed().altered();
      plan.agreed()
          .altered()
          .forEach(
              (column, value) -> {
                if (!value.equals(known.get(column)) && run.counts().isFirstAltered(column)) {
                  LOG.info(
                      "{}: a trigger or the column's type alters what is written into {}.{}, as of {}:"
                          + " that counts as agreed, and is not written again; `reconciler check` counts"
                          + " such values",
                      run.client().baseId(),
                      run.mapping().postgres().table(),
                      column,
                      plan.record().id());
                }
              });
    }
  }
}
