package io.reconciler.engine.dryrun;

import java.util.HashMap;
import java.util.Map;

/**
 * The leads of a dry run whose sides differ in values that were never agreed on, each counted once.
 * Used by one thread.
 */
public final class FirstDifferences {

  private final Map<String, Kind> kinds = new HashMap<>();
  private long leads;
  private boolean expected;

  /** None yet. */
  public FirstDifferences() {}

  /** What a lead's sides hold where they differ. */
  public enum Kind {
    /** Only Airtable holds a value, or the fuller one. */
    ONLY_AIRTABLE,
    /** Only PostgreSQL holds a value, or the fuller one. */
    ONLY_PORTAL,
    /** Both hold a value of their own. */
    BOTH
  }

  /** A lead differs so; two field groups that differ in different ways count as both. */
  public void add(String recordId, Kind kind) {
    kinds.merge(recordId, kind, (a, b) -> a == b ? a : Kind.BOTH);
  }

  /** The client has so many leads with a record. */
  public void leads(long linked) {
    leads = linked;
  }

  /** Whether so many leads were never agreed on that many may differ. */
  public void expected(boolean many) {
    expected = many;
  }

  /** Whether many may differ, so that the guard is asked. */
  public boolean areExpected() {
    return expected;
  }

  /** How many leads with a record the client has. */
  public long leads() {
    return leads;
  }

  public long count() {
    return kinds.size();
  }

  public long count(Kind kind) {
    return kinds.values().stream().filter(k -> k == kind).count();
  }
}
