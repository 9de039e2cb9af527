package io.reconciler.apply;

import io.reconciler.mapping.Mapping;

/** Whether what runs change is kept, record by record. */
public final class RunChanges {

  private final boolean on;
  private final Mapping mapping;

  /** Kept, or not. */
  public RunChanges(boolean on, Mapping mapping) {
    this.on = on;
    this.mapping = mapping;
  }

  /** Whether it is kept. */
  public boolean isOn() {
    return on;
  }

  /** Whether something of this page is to be kept. */
  public boolean wants(PagePlan page) {
    return on && page.hasRunChanges();
  }

  /** The name of the table that is swept. */
  public String table() {
    return mapping.name();
  }
}
