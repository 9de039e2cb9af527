package io.reconciler.engine.pull;

import io.reconciler.engine.apply.RecordConverter;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.run.Run;
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
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A listing of some fields alone, for the leads that are there. Used by one thread. */
public final class PartListing implements PagedListing {

  private final Run run;
  private final Mapping mapping;
  private final RecordConverter converter;
  private final Clock clock;
  private final Set<String> columns;
  private final @Nullable Instant since;
  private final Set<String> seen = new HashSet<>();
  private final Paging paging;
  private FieldKeys keys;
  private int restarts;

  /** Of these columns' fields; of the records modified since then, or of all. */
  PartListing(Run run, Clock clock, Set<String> columns, @Nullable Instant since) {
    this.run = run;
    this.mapping = run.mapping();
    this.converter = RecordConverter.of(run);
    this.clock = clock;
    this.columns = Set.copyOf(columns);
    this.since = since;
    this.keys = run.table().fields().keys();
    this.paging = new Paging(Offsets.MOST_PAGES, mapping.hasModifiedField());
  }

  @Override
  public boolean isMore() {
    return paging.isMore() && !left().isEmpty();
  }

  @Override
  public AirtableRequest next() {
    keys = run.table().fields().keys();
    AirtableRequests requests = new AirtableRequests(keys, mapping.filter());
    String modified = mapping.lastModifiedField();
    List<String> references =
        Stream.concat(
                left().stream()
                    .map(column -> mapping.column(column).airtableField())
                    .map(Objects::requireNonNull),
                Stream.of(modified).filter(name -> !name.isEmpty()))
            .toList();
    String formula = since == null ? null : requests.modifiedSince(modified, since);
    return requests.list(run.client().baseId(), references, formula, paging.offset());
  }

  @Override
  public List<AirtableRecord> take(AirtableAnswer answer) {
    RecordPage page = new AirtableRequests(keys).page(answer);
    List<AirtableRecord> fresh =
        page.records().stream().filter(record -> seen.add(record.id())).toList();
    paging.take(page, fresh.size());
    return fresh;
  }

  @Override
  public List<AirtableRecord> restart(AirtableException.IteratorExpired expired) {
    restarts++;
    if (restarts > Listing.RESTARTS) {
      throw expired;
    }
    return startOver(false);
  }

  @Override
  public List<AirtableRecord> startOver(boolean otherKeys) {
    paging.startOver();
    if (otherKeys) {
      seen.clear();
    }
    return List.of();
  }

  @Override
  public IncomingRecord convert(AirtableRecord record) {
    return converter.convertOnly(record, left(), clock.instant());
  }

  @Override
  public Page page(List<IncomingRecord> records) {
    return Page.refreshed(records);
  }

  @Override
  public FieldKeys keys() {
    return keys;
  }

  private Set<String> left() {
    Set<String> left = new HashSet<>(columns);
    left.removeAll(run.table().leftOut());
    return left;
  }
}
