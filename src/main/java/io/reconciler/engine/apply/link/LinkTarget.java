package io.reconciler.engine.apply.link;

import io.reconciler.engine.run.Batches;
import io.reconciler.engine.run.Run;
import io.reconciler.side.airtable.AirtableRequests;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.RecordIds;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The records of one table that the links of a page point at. Used by one thread. */
public final class LinkTarget {

  private final Run run;
  private final Set<String> wanted = new LinkedHashSet<>();
  private final Set<String> needed = new LinkedHashSet<>();
  private final Set<String> known = new HashSet<>();
  private final Set<String> waiting = new HashSet<>();

  LinkTarget(Run run) {
    this.run = run;
  }

  /**
   * A page points at these.
   *
   * @param now whether those without a row are to be fetched before the page is applied
   */
  void want(List<String> records, boolean now) {
    wanted.addAll(records);
    if (now) {
      needed.addAll(records);
    }
  }

  /** The run's work on their table. */
  public Run run() {
    return run;
  }

  /** Whether a page points at any. */
  boolean isWanted() {
    return !wanted.isEmpty();
  }

  /** All of them, for the statement. */
  public String recordIds() {
    return new RecordIds(List.copyOf(wanted)).recordIds();
  }

  /** Those that have no row and are to get one now, as many at a time as one read takes. */
  public List<RecordIds> missing() {
    List<String> missing = needed.stream().filter(this::isToBeFetched).toList();
    boolean ongoing = run.isOngoing();
    return ongoing
        ? Batches.of(missing, AirtableRequests.PAGE_SIZE).stream().map(RecordIds::new).toList()
        : List.of();
  }

  // Not what this run has failed to apply already: a dry run leaves no dead letter to tell of it.
  private boolean isToBeFetched(String id) {
    return !has(id) && !waiting.contains(id) && !run.table().linksLeft().isDropped(id);
  }

  /** Takes what the statement found. */
  public void found(List<Map<String, Object>> rows) {
    known.addAll(OneColumn.texts(rows));
  }

  /** Takes which of them could not be applied and have their own time for that. */
  void waiting(List<Map<String, Object>> rows) {
    waiting.addAll(OneColumn.texts(rows));
  }

  /** Whether a record has a row; in a dry run, whether it would have one. */
  boolean has(String recordId) {
    return known.contains(recordId)
        || (run.request().dryRun() && run.plannedLeads().isInserted(recordId));
  }
}
