package io.reconciler.engine.verify;

import io.reconciler.engine.apply.RecordConverter;
import io.reconciler.engine.pull.Listing;
import io.reconciler.engine.run.Batches;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunEnd;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.airtable.AirtableRequests;
import io.reconciler.side.airtable.RecordRead;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.RecordIds;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares one client's sides, between the steps of its route. Used by one thread. */
public final class Verification {

  private final @Nullable String table;
  private final Run run;
  private final Listing listing;
  private final ProgressListener progress;
  private final Instant graceStart;
  private final Comparison comparison;
  private @Nullable String failure;
  private boolean misconfigured;

  Verification(
      @Nullable String table,
      Run run,
      Listing listing,
      ProgressListener progress,
      Instant graceStart) {
    this.table = table;
    this.run = run;
    this.listing = listing;
    this.progress = progress;
    this.graceStart = graceStart;
    this.comparison = new Comparison(run.client(), run.mapping());
  }

  /** The run that counts the requests; it writes nothing. */
  public Run run() {
    return run;
  }

  /** The listing of every record. */
  public Listing listing() {
    return listing;
  }

  /** The records of a page that were not compared yet. */
  public List<AirtableRecord> take(AirtableAnswer answer) {
    return listing.take(answer).stream().filter(r -> !comparison.knows(r.id())).toList();
  }

  /** The ids of these records, for the statements. */
  public RecordIds ids(List<AirtableRecord> records) {
    return new RecordIds(records.stream().map(AirtableRecord::id).toList());
  }

  /** Compares records with their leads; rows are maps with one JSON text each. */
  void compare(
      List<AirtableRecord> records,
      List<Map<String, Object>> leadRows,
      List<Map<String, Object>> agreedRows,
      List<Map<String, Object>> letterRows) {
    // As the fields were looked up: the columns may have other types than the mapping says.
    Mapping mapping = run.mapping();
    RecordConverter converter = RecordConverter.of(run);
    Map<String, LeadRow> leads = LeadRow.byRecord(OneColumn.json(leadRows), mapping);
    Map<String, AgreedValues> agreed = AgreedValues.byRecord(OneColumn.json(agreedRows), mapping);
    run.table().fields().changes().count(agreed);
    Map<String, Set<String>> letters = new HashMap<>();
    OneColumn.json(letterRows)
        .forEach(
            row ->
                letters
                    .computeIfAbsent(row.path("record").asText(), id -> new HashSet<>())
                    .add(row.path("field").asText()));
    for (AirtableRecord record : records) {
      comparison.compare(
          converter.convert(record, run.table().leftOut(), listing.airtableNow()),
          leads.get(record.id()),
          known(record.id(), leads, agreed, letters));
    }
    progress.records(comparison.count());
  }

  private RecordStanding known(
      String id,
      Map<String, LeadRow> leads,
      Map<String, AgreedValues> agreed,
      Map<String, Set<String>> letters) {
    LeadRow lead = leads.get(id);
    return new RecordStanding(
        agreed.getOrDefault(id, AgreedValues.NONE),
        letters.getOrDefault(id, Set.of()),
        lead != null && lead.updatedAt().isAfter(graceStart),
        run.table().isHidingRows());
  }

  /** The active leads whose record was not listed, as many at a time as one read can look at. */
  public List<RecordIds> unseen(List<Map<String, Object>> activeRows) {
    List<String> unseen =
        OneColumn.texts(activeRows).stream().filter(id -> !comparison.knows(id)).toList();
    return Batches.of(unseen, AirtableRequests.PAGE_SIZE).stream().map(RecordIds::new).toList();
  }

  /** So many leads of the client are not linked to any record. */
  void notLinked(Number leads) {
    comparison.notLinked(leads.longValue());
  }

  /** Those of them that Airtable does not show even when asked for them. */
  void extra(RecordRead read) {
    read.absent().forEach(comparison::extra);
  }

  /** Airtable or PostgreSQL failed it, which reads so. */
  void fail(Throwable cause, String text) {
    failure = text;
    misconfigured = RunEnd.isMisconfigured(cause);
  }

  public VerifyOutcome outcome() {
    return failure == null
        ? new VerifyOutcome(
            run.client(), comparison.result(table, run.result().stage1().errors()), null)
        : new VerifyOutcome(
            run.client(), null, table == null ? failure : table + ": " + failure, misconfigured);
  }
}
