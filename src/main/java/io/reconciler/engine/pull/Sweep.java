package io.reconciler.engine.pull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.reconciler.engine.apply.PlannedWrites;
import io.reconciler.engine.apply.UnappliedRecords;
import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.guard.Guard;
import io.reconciler.engine.run.Batches;
import io.reconciler.engine.run.Run;
import io.reconciler.side.airtable.AirtableRequests;
import io.reconciler.side.airtable.RecordRead;
import io.reconciler.side.mapping.GoneText;
import io.reconciler.side.postgres.OneColumn;
import java.util.List;
import java.util.Map;

/** After a full listing: which leads have lost their record. */
public final class Sweep {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The active leads whose record was not listed, as many at a time as one read can look at again.
   *
   * @throws io.reconciler.engine.failure.RunStoppedException when there are more than the guard
   *     allows and the run is not forced
   */
  public List<List<String>> missing(List<Map<String, Object>> rows, Listing listing, Run run) {
    List<String> active = OneColumn.texts(rows);
    List<String> missing = active.stream().filter(id -> !listing.isThere(id)).toList();
    if (!run.request().force()) {
      Guard.check(active.size(), missing.size(), run.mapping().filter());
    }
    return Batches.of(missing, AirtableRequests.PAGE_SIZE);
  }

  /** Counts a lead that could not be marked inactive. */
  public void left(UnappliedRecords swept, Throwable cause, Run run) {
    run.counts().deactivated(-1);
    run.counts()
        .pullError(
            GoneText.stillActive(String.join(", ", swept.ids()), "sweep", run.mapping().filter())
                + FailureText.of(cause));
  }

  /** Those that Airtable does not show even when asked for them: a JSON array. Counts them. */
  public String stillMissing(RecordRead read, Run run) {
    List<String> gone = read.absent();
    run.counts().deactivated(gone.size());
    if (run.request().dryRun()) {
      run.plannedLeads().gone(gone);
    }
    ArrayNode ids = JSON.createArrayNode();
    gone.forEach(
        id -> {
          ids.add(id);
          run.counts().planned(PlannedWrites.deactivation(id, run.mapping()));
        });
    return ids.toString();
  }
}
