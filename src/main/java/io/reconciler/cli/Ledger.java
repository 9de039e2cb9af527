package io.reconciler.cli;

/** What the engine keeps a record of, and a command of the same name shows. */
public enum Ledger {
  RUNS("runs"),
  CONFLICTS("conflicts"),
  DEAD_LETTERS("dead-letters");

  private final String label;

  Ledger(String label) {
    this.label = label;
  }

  /** The command's name. */
  public String label() {
    return label;
  }
}
