package io.reconciler.pull;

import io.reconciler.airtable.AirtableRecord;
import io.reconciler.airtable.AirtableRequests;
import io.reconciler.apply.IncomingRecord;
import io.reconciler.apply.Page;
import io.reconciler.apply.RecordConverter;
import io.reconciler.mapping.Mapping;
import io.reconciler.run.Run;
import io.reconciler.run.Watermark;
import io.reconciler.store.Rows;
import java.time.Clock;
import java.util.List;

/** The decisions of stage 1, between the steps of its route. */
public final class PullStage {

  private final Mapping mapping;
  private final AirtableRequests requests;
  private final RecordConverter converter;
  private final Clock clock;

  /** For this mapping. */
  public PullStage(
      Mapping mapping, AirtableRequests requests, RecordConverter converter, Clock clock) {
    this.mapping = mapping;
    this.requests = requests;
    this.converter = converter;
    this.clock = clock;
  }

  /** Begins stage 1: its listing, from the watermark as the database gave it. */
  public Listing begin(Run run, String watermark) {
    run.counts().stage("Airtable -> PostgreSQL");
    Watermark known = Watermark.of(Rows.parse(watermark));
    return new Listing(run, mapping, requests, converter, clock, known.pulledUntil());
  }

  /** The listing of every record, for a run that asks for it. */
  public Listing everyRecord(Run run) {
    return new Listing(run, mapping, requests, converter, clock, null);
  }

  /** Converts one record. */
  public IncomingRecord convert(AirtableRecord record, Listing listing) {
    return converter.convert(record, listing.leftOut(), listing.airtableNow());
  }

  /** The converted records of a page. */
  public Page page(List<IncomingRecord> records) {
    return Page.pulled(records);
  }

  /** Ends stage 1. */
  public void end(Listing listing) {
    listing.finish();
  }
}
