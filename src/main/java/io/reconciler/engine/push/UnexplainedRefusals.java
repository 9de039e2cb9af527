package io.reconciler.engine.push;

import io.reconciler.engine.run.RunFailedException;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Batches that were refused, but not for their data: a look at their records shows why. Guarded by
 * the outbox.
 */
final class UnexplainedRefusals {

  private final List<Refusal> refusals = new ArrayList<>();
  private final Set<String> shown = new HashSet<>();

  private record Refusal(AirtableException.Refused cause, Batch batch) {}

  void add(Batch batch, AirtableException.Refused cause) {
    refusals.add(new Refusal(cause, batch));
  }

  /**
   * These records were found when they were looked for.
   *
   * @throws RunFailedException when Airtable refused a batch whose records are all there
   */
  void look(List<AirtableRecord> found) {
    Set<String> there = new HashSet<>();
    found.forEach(record -> there.add(record.id()));
    List<Refusal> asked = List.copyOf(refusals);
    refusals.clear();
    asked.stream()
        .filter(refusal -> there.containsAll(refusal.batch().recordIds()))
        .forEach(this::isThere);
  }

  private void isThere(Refusal refusal) {
    if (!(refusal.cause() instanceof AirtableException.Rejected)) {
      throw new RunFailedException(refusal.cause().getMessage() + whyWhenThere(refusal.cause()));
    }
    shown.addAll(refusal.batch().recordIds());
  }

  /** Whether a look has shown the records of a batch that was said to miss one. */
  boolean hasShown(Batch batch) {
    return shown.containsAll(batch.recordIds());
  }

  private static String whyWhenThere(AirtableException.Refused refusal) {
    return refusal.isRecordMissing()
        ? "; but a read shows it: run again"
        : "; the records are there, so the token may not write: it needs the scope"
            + " data.records:write and editor rights on the base";
  }
}
