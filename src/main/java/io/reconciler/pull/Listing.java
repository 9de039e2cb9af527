package io.reconciler.pull;

import io.reconciler.airtable.AirtableAnswer;
import io.reconciler.airtable.AirtableException;
import io.reconciler.airtable.AirtableRecord;
import io.reconciler.airtable.AirtableRequest;
import io.reconciler.airtable.AirtableRequests;
import io.reconciler.airtable.Formula;
import io.reconciler.airtable.RecordPage;
import io.reconciler.apply.RecordConverter;
import io.reconciler.mapping.Mapping;
import io.reconciler.run.Run;
import io.reconciler.run.Windows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listing of one run's window, page by page. Used by one thread. */
public final class Listing {

  private static final Logger LOG = LoggerFactory.getLogger(Listing.class);

  /** How often an expired iterator may start the listing again. */
  static final int RESTARTS = 3;

  /** How far Airtable's clock may be from ours before the window is taken again. */
  static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(60);

  private final Run run;
  private final Mapping mapping;
  private final AirtableRequests requests;
  private final RecordConverter converter;
  private final Clock clock;
  private final @Nullable Instant pulledUntil;
  private final Map<String, Instant> seen = new HashMap<>();
  private Instant start;
  private @Nullable Duration clockDifference;
  private @Nullable String offset;
  private boolean more = true;
  private int restarts;
  private boolean schemaUnknown = true;

  Listing(
      Run run,
      Mapping mapping,
      AirtableRequests requests,
      RecordConverter converter,
      Clock clock,
      @Nullable Instant pulledUntil) {
    this.run = run;
    this.mapping = mapping;
    this.requests = requests;
    this.converter = converter;
    this.clock = clock;
    this.pulledUntil = pulledUntil;
    this.start = Windows.pullStart(run.request(), run.started(), pulledUntil);
  }

  /** Whether there is another page. */
  public boolean isMore() {
    return more;
  }

  /** The request for the next page. */
  public AirtableRequest next() {
    String formula =
        run.request().full() ? null : Formula.modifiedSince(mapping.lastModifiedField(), start);
    List<String> fields = ListedFields.all(mapping, run.leftOut());
    return requests.list(run.client().baseId(), fields, formula, offset);
  }

  /** The records of a page that this run has not applied yet in their present form. */
  public List<AirtableRecord> take(AirtableAnswer answer) {
    if (clockDifference == null && startsAgain(answer.date())) {
      return List.of();
    }
    RecordPage page = RecordPage.of(answer.body());
    offset = page.offset();
    more = offset != null;
    page.unreadable().forEach(this::unreadable);
    Map<String, AirtableRecord> fresh = new LinkedHashMap<>();
    for (AirtableRecord record : page.records()) {
      Instant modified = converter.modified(record);
      Instant known = modified == null ? airtableNow() : modified;
      boolean inWindow = run.request().full() || !known.isBefore(start);
      if (inWindow && !known.equals(seen.put(record.id(), known))) {
        fresh.put(record.id(), record);
      }
    }
    return new ArrayList<>(fresh.values());
  }

  /**
   * Starts again, after Airtable forgot the listing.
   *
   * @throws AirtableException.IteratorExpired when that has happened too often
   */
  public List<AirtableRecord> restart(AirtableException.IteratorExpired expired) {
    restarts++;
    if (restarts > RESTARTS) {
      throw expired;
    }
    LOG.info("Airtable forgot the listing of {}: it starts again", run.client().baseId());
    return startOver();
  }

  /** Starts again, with other fields than before. */
  public List<AirtableRecord> startOver() {
    offset = null;
    return List.of();
  }

  /** Airtable's clock, as far as known. */
  public Instant airtableNow() {
    Instant now = clock.instant();
    return clockDifference == null ? now : now.plus(clockDifference);
  }

  /** Whether Airtable was not asked yet which fields there are. */
  public boolean isSchemaUnknown() {
    return schemaUnknown;
  }

  void schemaKnown() {
    schemaUnknown = false;
  }

  /** The columns that this run leaves as they are. */
  Set<String> leftOut() {
    return run.leftOut();
  }

  /** The records that were listed. */
  Set<String> seen() {
    return seen.keySet();
  }

  /** Tells the run what is known to be pulled now, if its window joins what was known before. */
  void finish() {
    if (!run.leftOut().isEmpty()) {
      // When a field that is gone comes back, what changed meanwhile is listed again.
      LOG.info("{}: the watermark waits for the fields that are gone", run.client().baseId());
    } else if (Windows.coversPull(run.request(), start, pulledUntil)) {
      Duration difference = clockDifference == null ? Duration.ZERO : clockDifference;
      run.pullCovered(run.started().plus(difference));
    } else if (pulledUntil == null) {
      LOG.warn(
          "{} was never fully loaded: run `reconciler sync --full` once to bring in every record",
          run.client().baseId());
    }
  }

  private void unreadable(String text) {
    run.counts().pullFailed();
    run.counts().pullError(text);
  }

  private boolean startsAgain(@Nullable Instant date) {
    clockDifference = date == null ? Duration.ZERO : Duration.between(clock.instant(), date);
    if (run.request().full() || clockDifference.abs().compareTo(CLOCK_TOLERANCE) <= 0) {
      return false;
    }
    LOG.warn(
        "Airtable's clock and ours differ by {} s: the window is taken on Airtable's",
        clockDifference.toSeconds());
    Instant airtableStart = run.started().plus(clockDifference);
    start = Windows.pullStart(run.request(), airtableStart, pulledUntil);
    return true;
  }
}
