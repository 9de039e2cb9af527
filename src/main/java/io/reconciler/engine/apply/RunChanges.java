package io.reconciler.engine.apply;

import io.reconciler.engine.apply.plan.PagePlan;

/** Whether what runs change is kept, record by record. */
public final class RunChanges {

  private final boolean on;

  public RunChanges(boolean on) {
    this.on = on;
  }

  public boolean isOn() {
    return on;
  }

  /** Whether something of this page is to be kept. */
  public boolean wants(PagePlan page) {
    return on && page.hasRunChanges();
  }
}
