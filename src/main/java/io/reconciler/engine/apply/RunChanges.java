package io.reconciler.engine.apply;

/** Whether what runs change is kept, record by record. */
public final class RunChanges {

  private final boolean on;

  /** Kept, or not. */
  public RunChanges(boolean on) {
    this.on = on;
  }

  /** Whether it is kept. */
  public boolean isOn() {
    return on;
  }

  /** Whether something of this page is to be kept. */
  public boolean wants(PagePlan page) {
    return on && page.hasRunChanges();
  }
}
