package io.reconciler.service.page;

import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.run.Run;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One record that somebody wants to see as Airtable holds it now. Used by one thread. */
public final class RecordLook {

  private final Run run;
  private final String recordId;
  private @Nullable IncomingRecord seen;

  RecordLook(Run run, String recordId) {
    this.run = run;
    this.recordId = recordId;
  }

  /** The run that counts its requests; it writes nothing. */
  public Run run() {
    return run;
  }

  /** The record, for the read. */
  public List<String> records() {
    return List.of(recordId);
  }

  void seen(IncomingRecord record) {
    seen = record;
  }

  /** The record; empty when Airtable does not show it. */
  Optional<IncomingRecord> record() {
    return Optional.ofNullable(seen);
  }
}
