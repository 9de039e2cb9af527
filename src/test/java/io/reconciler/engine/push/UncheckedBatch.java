package io.reconciler.engine.push;

import java.util.Map;

/** A batch of which nobody can tell that something of it did not arrive. */
public final class UncheckedBatch {

  private UncheckedBatch() {}

  /** The same changes, without what Airtable held before. */
  public static OutgoingBatch of(OutgoingBatch batch) {
    Batch changes =
        new Batch(
            batch.changes().pushes().stream()
                .map(p -> new Push(p.recordId(), p.edited(), p.cells(), p.values(), Map.of()))
                .toList());
    return new OutgoingBatch(changes, batch.scan());
  }
}
