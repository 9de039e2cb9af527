package io.reconciler.engine.check;

/** What became of one thing that the preflight looked at. */
public enum Status {
  /** As it must be. */
  OK,
  /** A run will do, but not as well as it could. */
  WARNING,
  /** A run would fail, or get this wrong. */
  FAILED,
  /** Could not be looked at. */
  SKIPPED
}
