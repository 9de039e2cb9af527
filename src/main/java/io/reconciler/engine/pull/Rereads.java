package io.reconciler.engine.pull;

import io.reconciler.engine.apply.RecordConverter;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.run.Run;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.airtable.RecordRead;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.RecordIds;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Records that are read again by their ids, because they could not be applied before. */
public final class Rereads {

  private final Clock clock;

  public Rereads(Clock clock) {
    this.clock = clock;
  }

  /** The records to be tried again that the listing has not brought. */
  public RecordIds due(List<Map<String, Object>> rows, Listing listing) {
    return new RecordIds(
        OneColumn.texts(rows).stream().filter(id -> !listing.seen().contains(id)).toList());
  }

  /** The records that Airtable does not show. */
  public RecordIds gone(RecordRead read) {
    return new RecordIds(read.absent());
  }

  /** The converted records. */
  public Page page(List<AirtableRecord> found, Run run) {
    RecordConverter converter = RecordConverter.of(run);
    return Page.pulled(
        found.stream()
            .map(record -> converter.convert(record, run.table().leftOut(), clock.instant()))
            .toList());
  }
}
