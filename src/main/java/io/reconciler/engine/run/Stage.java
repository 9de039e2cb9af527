package io.reconciler.engine.run;

import java.util.Locale;

/** The two stages that a run goes through with each of its tables. */
public enum Stage {
  PULL("Airtable -> PostgreSQL"),
  PUSH("PostgreSQL -> Airtable");

  private final String title;

  Stage(String title) {
    this.title = title;
  }

  /** What the ledgers call it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is called before people. */
  String title() {
    return title;
  }
}
