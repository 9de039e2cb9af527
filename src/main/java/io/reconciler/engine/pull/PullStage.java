package io.reconciler.engine.pull;

import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.field.KnownFields;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.Stage;
import io.reconciler.engine.window.Watermark;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.postgres.OneColumn;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The decisions of stage 1, between the steps of its route. */
public final class PullStage {

  private static final Logger LOG = LoggerFactory.getLogger(PullStage.class);

  private final Clock clock;

  public PullStage(Clock clock) {
    this.clock = clock;
  }

  /** Begins stage 1: its listing, from the watermark as the database gave it. */
  public Listing begin(Run run, String watermark) {
    run.enter(Stage.PULL);
    Watermark known = Watermark.of(OneColumn.parse(watermark));
    run.coverage().doubt(known.doubtedSince());
    if (!run.table().fields().missing().isEmpty()) {
      run.plannedLeads().seenAgain();
    }
    run.table()
        .fields()
        .places()
        .inPlace()
        .ifPresent(
            other ->
                LOG.warn(
                    "{}: {}", run.client().baseId(), other.text(run.mapping().postgres().table())));
    return new Listing(run, clock, known.pulledUntil());
  }

  /** The listing of every record, for a run that asks for it. */
  public Listing everyRecord(Run run) {
    return new Listing(run, clock, null);
  }

  /** Takes a page of a listing: its records that are to be applied. */
  public List<AirtableRecord> take(AirtableAnswer answer, PagedListing listing) {
    return listing.take(answer);
  }

  /**
   * Begins a listing again that Airtable forgot.
   *
   * @throws AirtableException.IteratorExpired when that has happened too often
   */
  public List<AirtableRecord> restart(
      PagedListing listing, AirtableException.IteratorExpired expired) {
    return listing.restart(expired);
  }

  /**
   * The records of a page, converted one by one; a value that can't be fails alone. Cells of
   * another kind than their field's type make the types doubtful.
   */
  public Page convert(List<AirtableRecord> records, PagedListing listing, Run run) {
    KnownFields fields = run.table().fields();
    if (!fields.age().isAsked() && CellKinds.isOther(records, run.mapping(), fields)) {
      fields.age().doubt();
    }
    return listing.page(records.stream().map(listing::convert).toList());
  }

  /**
   * The listing of the fields that were gone and are back, from when they were missed; none when
   * there are no such, or when the run has listed everything since then.
   */
  public List<PartListing> catchUp(Listing listing, Run run) {
    Set<String> back = back(run);
    Optional<Instant> since =
        back.stream()
            .map(column -> run.table().fields().field(column).missingSince())
            .flatMap(Stream::ofNullable)
            .min(Comparator.naturalOrder());
    if (since.isEmpty() || !listing.isLoaded() || listing.covers(since.get())) {
      return List.of();
    }
    Instant from = since.get().equals(Instant.EPOCH) ? null : since.get();
    return List.of(new PartListing(run, clock, withGroups(back, run), from));
  }

  /** The listing of the computed fields of every record; none when there are no such fields. */
  public List<PartListing> computed(Run run) {
    Set<String> computed = run.table().fields().computed();
    return computed.isEmpty() ? List.of() : List.of(new PartListing(run, clock, computed, null));
  }

  /** Ends stage 1: what it knows to be pulled, and which fields not. */
  public void end(Listing listing, Run run) {
    listing.finish();
    if (run.coverage().isPulled()) {
      // Every record that was modified since the backup has been decided.
      run.coverage().doubt(null);
    }
    boolean caughtUp = listing.isLoaded() || run.request().full();
    if (listing.isWhole()) {
      run.table().fields().places().filledUp();
    }
    Set<String> stillMissed = caughtUp ? Set.of() : back(run);
    run.table().fields().leftOut(run.table().leftOut(), listing.missedSince(), stillMissed);
  }

  // A field group is decided whole.
  private Set<String> withGroups(Set<String> columns, Run run) {
    Set<String> whole = new HashSet<>(columns);
    run.mapping().groups().stream()
        .map(group -> group.fields().stream().map(FieldMapping::column).toList())
        .filter(group -> group.stream().anyMatch(columns::contains))
        .forEach(whole::addAll);
    return whole;
  }

  private static Set<String> back(Run run) {
    Set<String> back = run.table().fields().missing();
    back.removeAll(run.table().leftOut());
    back.remove(KnownFields.MODIFIED);
    return back;
  }
}
