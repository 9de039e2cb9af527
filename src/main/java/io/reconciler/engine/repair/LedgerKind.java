package io.reconciler.engine.repair;

/** A ledger of the engine. */
public enum LedgerKind {
  RUNS("runs", "run"),
  /** Every conflict, whoever won. */
  CONFLICTS("conflicts", "conflict"),
  DEAD_LETTERS("dead-letters", "dead letter");

  private final String label;
  private final String entry;

  LedgerKind(String label, String entry) {
    this.label = label;
    this.entry = entry;
  }

  /** The ledger's name in commands, paths and statements. */
  public String label() {
    return label;
  }

  /** What one entry of it is called. */
  public String entry() {
    return entry;
  }
}
