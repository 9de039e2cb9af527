package io.reconciler.engine.pull;

import io.reconciler.engine.apply.RecordConverter;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.window.Windows;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.airtable.AirtableRequest;
import io.reconciler.side.airtable.AirtableRequests;
import io.reconciler.side.airtable.FieldKeys;
import io.reconciler.side.airtable.Offsets;
import io.reconciler.side.airtable.Paging;
import io.reconciler.side.airtable.RecordPage;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.RecordIds;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listing of one run's window, page by page. Used by one thread. */
public final class Listing implements PagedListing {

  private static final Logger LOG = LoggerFactory.getLogger(Listing.class);

  /** How often an expired iterator may start the listing again. */
  static final int RESTARTS = 3;

  private final Run run;
  private final Mapping mapping;
  private final RecordConverter converter;
  private final Clock clock;
  private final @Nullable Instant pulledUntil;
  private final Map<String, Instant> seen = new HashMap<>();
  private final boolean whole;
  private FieldKeys keys;
  private Instant start;
  private final AirtableTime time = new AirtableTime();
  private final Paging paging;
  private final Set<String> unreadable = new HashSet<>();
  private int restarts;

  Listing(Run run, Clock clock, @Nullable Instant pulledUntil) {
    this.run = run;
    this.mapping = run.mapping();
    this.converter = RecordConverter.of(run);
    this.clock = clock;
    this.pulledUntil = pulledUntil;
    this.keys = FieldKeys.asWritten(mapping.table());
    this.paging = new Paging(Offsets.MOST_PAGES, mapping.hasModifiedField());
    this.whole = run.request().full() || run.isToBeFilledUp();
    this.start = start(run.started());
  }

  @Override
  public boolean isMore() {
    return paging.isMore();
  }

  @Override
  public AirtableRequest next() {
    keys = run.table().fields().keys();
    AirtableRequests requests = new AirtableRequests(keys, mapping.filter());
    String formula = whole ? null : requests.modifiedSince(mapping.lastModifiedField(), start);
    List<String> fields = ListedFields.all(run.table());
    return requests.list(run.client().baseId(), fields, formula, paging.offset());
  }

  /** The records of a page that this run has not applied yet in their present form. */
  @Override
  public List<AirtableRecord> take(AirtableAnswer answer) {
    if (!time.isKnown() && startsAgain(answer.date())) {
      return List.of();
    }
    RecordPage page = new AirtableRequests(keys).page(answer);
    int news = (int) page.records().stream().filter(r -> !seen.containsKey(r.id())).count();
    List<AirtableRecord> fresh = fresh(page);
    if (!paging.isAgain()) {
      page.unreadable().forEach(this::unreadable);
    }
    if (paging.take(page, news)) {
      unreadable.addAll(page.unreadableIds());
    }
    return fresh;
  }

  private List<AirtableRecord> fresh(RecordPage page) {
    Map<String, AirtableRecord> fresh = new LinkedHashMap<>();
    for (AirtableRecord record : page.records()) {
      ModifiedTime.ensureTime(record, mapping);
      Instant modified = converter.modified(record);
      Instant known = modified == null ? airtableNow() : modified;
      boolean inWindow = whole || !known.isBefore(start);
      if (inWindow && !known.equals(seen.put(record.id(), known))) {
        fresh.put(record.id(), record);
      }
    }
    return new ArrayList<>(fresh.values());
  }

  @Override
  public List<AirtableRecord> restart(AirtableException.IteratorExpired expired) {
    restarts++;
    if (restarts > RESTARTS) {
      throw expired;
    }
    LOG.info("Airtable forgot the listing of {}: it starts again", run.client().baseId());
    return startOver(false);
  }

  @Override
  public List<AirtableRecord> startOver(boolean otherKeys) {
    if (otherKeys) {
      seen.clear();
    }
    paging.startOver();
    return List.of();
  }

  @Override
  public IncomingRecord convert(AirtableRecord record) {
    return converter.convert(record, run.table().leftOut(), airtableNow());
  }

  @Override
  public Page page(List<IncomingRecord> records) {
    return Page.pulled(records);
  }

  @Override
  public FieldKeys keys() {
    return keys;
  }

  /** Airtable's clock, as far as known. */
  public Instant airtableNow() {
    return clock.instant().plus(time.difference());
  }

  /** Whether everything that was modified since then is listed, as far as it can be. */
  boolean covers(Instant since) {
    return whole || !start.isAfter(since);
  }

  /** Whether every record is listed, whenever it was modified. */
  boolean isWhole() {
    return whole;
  }

  /** From when on a field was missed that this run finds to be gone. */
  Instant missedSince() {
    return pulledUntil == null ? Instant.EPOCH : pulledUntil.minus(Windows.OVERLAP);
  }

  /** Whether the client was fully loaded before. */
  boolean isLoaded() {
    return pulledUntil != null;
  }

  /** The records that were named but could not be read, and have not been listed otherwise. */
  public RecordIds left() {
    return new RecordIds(unreadable.stream().filter(id -> !seen.containsKey(id)).toList());
  }

  /** Whether the record was listed, even if unreadable. */
  boolean isThere(String recordId) {
    return seen.containsKey(recordId) || unreadable.contains(recordId);
  }

  /** The records that were listed. */
  Set<String> seen() {
    return seen.keySet();
  }

  /** Tells the run what is known to be pulled now, if its window joins what was known before. */
  void finish() {
    if (Windows.coversPull(run.request(), start, pulledUntil)) {
      run.coverage().pullTo(run.started().plus(time.difference()));
    } else if (pulledUntil == null && !run.isRehearsing()) {
      LOG.warn(
          "{} of {} was never fully loaded: run `reconciler sync --full` once to bring in every record",
          run.table().name(),
          run.client().baseId());
    }
  }

  private void unreadable(String text) {
    run.counts().pullFailed();
    run.counts().pullError(text);
  }

  private boolean startsAgain(@Nullable Instant date) {
    boolean moved = time.measure(date, clock.instant());
    if (moved) {
      LOG.warn(
          "{}: Airtable's clock and ours differ by {} s{}",
          run.client().baseId(),
          time.difference().toSeconds(),
          time.isKnown() ? "" : ", says one answer: another one is asked for");
      start = start(run.started().plus(time.difference()));
    }
    // A listing of every record has no window that this answer could have missed.
    return !time.isKnown() || (moved && !whole);
  }

  private Instant start(Instant now) {
    return whole
        ? Instant.EPOCH
        : Windows.pullStart(run.request(), run.coverage().isDoubted(), now, pulledUntil);
  }
}
