package io.reconciler.verify;

import io.reconciler.airtable.AirtableRecord;
import io.reconciler.apply.RecordConverter;
import io.reconciler.mapping.Mapping;
import io.reconciler.pull.PullStage;
import io.reconciler.run.Client;
import io.reconciler.run.ProgressListener;
import io.reconciler.run.Run;
import io.reconciler.run.RunRequest;
import io.reconciler.store.RecordIds;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Begins comparisons and ends those that fail. */
public final class Verifications {

  private final Mapping mapping;
  private final RecordConverter converter;
  private final PullStage pull;
  private final Clock clock;
  private final Duration grace;

  /** For this mapping and grace period. */
  public Verifications(
      Mapping mapping, RecordConverter converter, PullStage pull, Clock clock, Duration grace) {
    this.mapping = mapping;
    this.converter = converter;
    this.pull = pull;
    this.clock = clock;
    this.grace = grace;
  }

  /** The comparison of a client's sides. */
  public Verification begin(Client client, RunRequest request, ProgressListener progress) {
    Run run = new Run(client, dry(client, request), clock, progress);
    progress.stage("Comparing " + client.baseId());
    return new Verification(
        run, mapping, converter, pull.everyRecord(run), progress, clock.instant().minus(grace));
  }

  /** Compares records with their leads; rows are maps with one JSON text each. */
  public void compare(
      Verification verification,
      List<AirtableRecord> records,
      List<Map<String, Object>> leadRows,
      List<Map<String, Object>> agreedRows,
      List<Map<String, Object>> letterRows) {
    verification.compare(records, leadRows, agreedRows, letterRows);
  }

  /** Notes how many leads are not linked to any record. */
  public void notLinked(Verification verification, Number leads) {
    verification.notLinked(leads);
  }

  /** Notes the leads whose records Airtable does not show even when asked for them. */
  public void extra(Verification verification, RecordIds unseen, List<AirtableRecord> found) {
    verification.extra(unseen, found);
  }

  /** Airtable or PostgreSQL failed it. */
  public void failed(Verification verification, Throwable cause) {
    verification.fail(cause);
  }

  // Dry, whatever was asked for: what it finds is told, not written.
  private static RunRequest dry(Client client, RunRequest request) {
    return new RunRequest(
        request.trigger(),
        request.requester(),
        request.minutes(),
        client.baseId(),
        true,
        true,
        false);
  }
}
