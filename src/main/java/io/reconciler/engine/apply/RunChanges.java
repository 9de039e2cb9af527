package io.reconciler.engine.apply;

import io.reconciler.engine.apply.plan.PagePlan;
import io.reconciler.engine.run.Run;

/** Whether what runs change is kept, record by record. */
public final class RunChanges {

  private final boolean on;

  public RunChanges(boolean on) {
    this.on = on;
  }

  /** Whether it is to be kept which leads a sweep marks inactive. */
  public boolean wantsGone(Run run) {
    return on && !run.request().dryRun();
  }

  /** Whether something of this page is to be kept. */
  public boolean wants(PagePlan page) {
    return on && page.hasRunChanges();
  }
}
