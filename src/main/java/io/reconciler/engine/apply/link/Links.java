package io.reconciler.engine.apply.link;

import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.run.Batches;
import io.reconciler.engine.run.Run;
import io.reconciler.side.airtable.AirtableRequests;
import io.reconciler.side.mapping.MappingSet;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links of pages, between the steps of their routes. */
public final class Links {

  private static final Logger LOG = LoggerFactory.getLogger(Links.class);

  private final MappingSet mappings;

  public Links(MappingSet mappings) {
    this.mappings = mappings;
  }

  public LinkedPage of(Page page, Run run) {
    return new LinkedPage(page, run, mappings);
  }

  /** Whether the metadata is to be asked for before a linked record without a row is believed. */
  public boolean isUnsure(LinkedPage linked) {
    return linked.isUnsure();
  }

  /** Takes which records have a row. */
  public void found(LinkTarget target, List<Map<String, Object>> rows) {
    target.found(rows);
  }

  /** Takes which records wait for their next try. */
  public void waiting(LinkTarget target, List<Map<String, Object>> rows) {
    target.waiting(rows);
  }

  /** The page as it can be applied now. */
  public Page page(LinkedPage linked) {
    return linked.resolved();
  }

  /** Whether links of a table that may go on still wait. */
  public boolean areLeft(Run run) {
    return run.parts().stream()
        .anyMatch(part -> part.isOngoing() && !part.table().linksLeft().isEmpty());
  }

  /** The pages of links alone that waited for all tables to be pulled. */
  public List<Page> later(Run run) {
    if (!run.isOngoing()) {
      return List.of();
    }
    List<IncomingRecord> records =
        run.table().linksLeft().take().stream().map(IncomingRecord.class::cast).toList();
    return Batches.of(records, AirtableRequests.PAGE_SIZE).stream().map(Page::links).toList();
  }

  /** Whether links that were in doubt follow the table that was made anew, which is kept then. */
  public boolean areFollowed(Run run) {
    boolean followed = run.areLinksFollowed();
    if (followed) {
      run.table().fields().places().followed();
    }
    return followed;
  }

  /** Linked records that Airtable does not let us read have no row for now. */
  public void refused(LinkTarget target, Exception cause) {
    LOG.warn(
        "linked records of {} can't be read: {}", target.run().table().name(), cause.getMessage());
  }
}
