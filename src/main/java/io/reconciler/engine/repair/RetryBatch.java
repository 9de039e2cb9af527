package io.reconciler.engine.repair;

import io.reconciler.engine.push.PushRequest;
import io.reconciler.engine.run.Run;
import io.reconciler.side.postgres.RecordIds;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Dead letters of one client that are tried again together. Used by one thread. */
public final class RetryBatch {

  private final List<DeadLetterEntry> entries;
  private final @Nullable Run run;
  private List<SettleResult> results = List.of();

  RetryBatch(List<DeadLetterEntry> entries, Run run) {
    this.entries = List.copyOf(entries);
    this.run = run;
  }

  RetryBatch(SettleResult result) {
    this.entries = List.of();
    this.run = null;
    this.results = List.of(result);
  }

  /** Whether there is something left to do. */
  public boolean isOpen() {
    return results.isEmpty();
  }

  /** The run that counts the requests; it is not entered in the ledger of runs. */
  public Run run() {
    return Objects.requireNonNull(run);
  }

  /** Whether it is about fields that are gone from Airtable, not about records. */
  public boolean isAboutFields() {
    return entries.stream().anyMatch(DeadLetterEntry::isAboutField);
  }

  /** The records that have to come into PostgreSQL. */
  public RecordIds pulls() {
    return new RecordIds(
        entries.stream()
            .filter(DeadLetterEntry::needsPull)
            .map(DeadLetterEntry::recordId)
            .distinct()
            .toList());
  }

  /** The field groups that have to go to Airtable. */
  public PushRequest pushes() {
    PushRequest request = new PushRequest(Map.of());
    for (DeadLetterEntry entry : entries) {
      request = entry.isPush() ? request.with(entry.recordId(), entry.field()) : request;
    }
    return request;
  }

  public List<SettleResult> results() {
    return results;
  }

  List<DeadLetterEntry> entries() {
    return entries;
  }

  void end(List<SettleResult> ended) {
    results = List.copyOf(ended);
  }
}
