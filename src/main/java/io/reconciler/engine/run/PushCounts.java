package io.reconciler.engine.run;

import java.util.Map;

/** What became of the leads that stage 2 is done with; the counts of its run guard it. */
final class PushCounts {

  /** Why a lead has nothing to be sent. */
  enum Skipped {
    GRACE,
    AIRTABLE_NEWER,
    ALREADY_THERE
  }

  private final long[] skipped = new long[Skipped.values().length];
  private long sent;
  private long failed;
  private long conflicts;

  void send() {
    sent++;
  }

  void skip(Skipped why) {
    skipped[why.ordinal()]++;
  }

  void fail() {
    failed++;
  }

  void conflicts(long decided) {
    conflicts += decided;
  }

  /** All of the other's are these as well. */
  void add(PushCounts other) {
    for (Skipped why : Skipped.values()) {
      skipped[why.ordinal()] += other.skipped(why);
    }
    sent += other.sent;
    failed += other.failed;
    conflicts += other.conflicts;
  }

  /** How many it is done with. */
  long candidates() {
    return sent + skipped() + failed;
  }

  private long skipped() {
    return skipped(Skipped.GRACE)
        + skipped(Skipped.AIRTABLE_NEWER)
        + skipped(Skipped.ALREADY_THERE);
  }

  private long skipped(Skipped why) {
    return skipped[why.ordinal()];
  }

  /** The numbers so far, by name. */
  Map<String, Long> byName() {
    return Map.of(
        "candidates", candidates(), "pushed", sent, "skipped", skipped(), "conflicts", conflicts);
  }

  RunResult.Stage2 result(ErrorTexts errors) {
    return new RunResult.Stage2(
        candidates(),
        sent,
        skipped(),
        new RunResult.SkippedBy(
            skipped(Skipped.GRACE),
            skipped(Skipped.AIRTABLE_NEWER),
            skipped(Skipped.ALREADY_THERE)),
        conflicts,
        errors.texts(),
        errors.count());
  }
}
