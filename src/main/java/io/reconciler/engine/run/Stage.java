package io.reconciler.engine.run;

/** The two stages that a run goes through with each of its tables. */
public enum Stage {
  /** Stage 1. */
  PULL("Airtable -> PostgreSQL"),
  /** Stage 2. */
  PUSH("PostgreSQL -> Airtable");

  private final String title;

  Stage(String title) {
    this.title = title;
  }

  /** What it is called before people. */
  String title() {
    return title;
  }
}
