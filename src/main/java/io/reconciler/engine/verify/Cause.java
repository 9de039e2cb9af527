package io.reconciler.engine.verify;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why the two sides differ. */
public enum Cause {
  /** A change of the portal that the next run sends. */
  PENDING("pending"),
  /** A change of the portal that is younger than the grace period. */
  IN_GRACE("in-grace"),
  /** It could not be applied or sent, and stands in the dead letters. */
  DEAD_LETTER("dead-letter"),
  /** A trigger or the column's type made something else of Airtable's value. */
  ALTERED("altered", "altered by the database"),
  /** There is no lead that is seen, and row security may hide one. */
  ROW_SECURITY("row-security", "maybe hidden by row security"),
  /** Nothing that is known of; as a rule, a change in Airtable that no run has seen yet. */
  UNEXPLAINED("unexplained");

  private final String label;
  private final String text;

  Cause(String label) {
    this(label, label.replace('-', ' '));
  }

  Cause(String label, String text) {
    this.label = label;
    this.text = text;
  }

  @JsonValue
  public String label() {
    return label;
  }

  /** The name for a person. */
  public String text() {
    return text;
  }
}
