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
  /** Nothing that is known of; as a rule, a change in Airtable that no run has seen yet. */
  UNEXPLAINED("unexplained");

  private final String label;

  Cause(String label) {
    this.label = label;
  }

  /** The name in results. */
  @JsonValue
  public String label() {
    return label;
  }

  /** The name for a person. */
  public String text() {
    return label.replace('-', ' ');
  }
}
