package io.reconciler.engine.verify;

import io.reconciler.engine.pull.PullStage;
import io.reconciler.engine.run.Client;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunEnd;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.airtable.RecordRead;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Begins comparisons and ends those that fail. */
public final class Verifications {

  private final MappingSet mappings;
  private final PullStage pull;
  private final RunEnd ends;
  private final Clock clock;
  private final Duration grace;

  public Verifications(
      MappingSet mappings, PullStage pull, RunEnd ends, Clock clock, Duration grace) {
    this.mappings = mappings;
    this.pull = pull;
    this.ends = ends;
    this.clock = clock;
    this.grace = grace;
  }

  public record Wanted(Client client, Mapping mapping) {}

  /** The tables of these clients that a request is for, client by client. */
  public List<Wanted> wanted(List<Client> clients, RunRequest request) {
    return clients.stream()
        .flatMap(
            client ->
                mappings.of(client.baseId()).stream()
                    .filter(request::isFor)
                    .map(mapping -> new Wanted(client, mapping)))
        .toList();
  }

  /** The comparison of both sides of a client's table. */
  public Verification begin(Wanted wanted, RunRequest request, ProgressListener progress) {
    Client client = wanted.client();
    Run run = new Run(client, dry(client, request), clock, progress, wanted.mapping());
    String table = mappings.isSeveral() ? wanted.mapping().name() : null;
    progress.stage("Comparing " + client.baseId() + (table == null ? "" : " " + table));
    return new Verification(
        table, run, pull.everyRecord(run), progress, clock.instant().minus(grace));
  }

  /** Takes a page of the listing: its records that were not compared yet. */
  public List<AirtableRecord> take(AirtableAnswer answer, Verification verification) {
    return verification.take(answer);
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
  public void extra(Verification verification, RecordRead read) {
    verification.extra(read);
  }

  /** Airtable or PostgreSQL failed it. */
  public void failed(Verification verification, Throwable cause) {
    verification.fail(cause, ends.text(verification.run(), cause));
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
