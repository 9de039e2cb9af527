package io.reconciler.engine.push;

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

  /** These records were found when they were looked for; what is forbidden of those there. */
  List<AirtableException.Forbidden> look(List<AirtableRecord> found) {
    Set<String> there = new HashSet<>();
    found.forEach(record -> there.add(record.id()));
    List<AirtableException.Forbidden> forbidden = new ArrayList<>();
    for (Refusal refusal : refusals) {
      if (there.containsAll(refusal.batch().recordIds())) {
        shown.addAll(refusal.batch().recordIds());
        if (refusal.cause() instanceof AirtableException.Forbidden cause) {
          forbidden.add(cause);
        }
      }
    }
    refusals.clear();
    return forbidden;
  }

  /** Whether a look has shown the records of a batch that was said to miss one. */
  boolean hasShown(Batch batch) {
    return shown.containsAll(batch.recordIds());
  }
}
