package io.reconciler.engine.run;

import java.util.Map;

/** What became of the records that stage 1 is done with; the counts of its run guard it. */
final class PullCounts {

  private long inserted;
  private long updated;
  private long unchanged;
  private long failed;
  private long deactivated;

  void apply(long newLeads, long changedLeads, long sameLeads) {
    inserted += newLeads;
    updated += changedLeads;
    unchanged += sameLeads;
  }

  void fail() {
    failed++;
  }

  void deactivate(long leads) {
    deactivated += leads;
  }

  /** All of the other's are these as well. */
  void add(PullCounts other) {
    apply(other.inserted, other.updated, other.unchanged);
    failed += other.failed;
    deactivated += other.deactivated;
  }

  /** How many it is done with. */
  long records() {
    return inserted + updated + unchanged + failed;
  }

  /** The numbers so far, by name. */
  Map<String, Long> byName() {
    return Map.of(
        "pulled", records(), "inserted", inserted, "updated", updated, "deactivated", deactivated);
  }

  RunResult.Stage1 result(ErrorTexts errors) {
    return new RunResult.Stage1(
        records(), inserted, updated, unchanged, deactivated, errors.texts(), errors.count());
  }
}
