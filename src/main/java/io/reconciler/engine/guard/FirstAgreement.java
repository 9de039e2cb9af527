package io.reconciler.engine.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.failure.RunStoppedException;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunOutcome;
import io.reconciler.side.postgres.OneColumn;
import java.util.List;
import java.util.stream.Collectors;

/** Before and after the look at what was never agreed on. */
public final class FirstAgreement {

  /**
   * Whether the guard has to look at what was never agreed on: the table was never fully loaded,
   * and nobody said whose values count.
   */
  public boolean isOpen(Run run) {
    return !run.isLoaded() && run.request().first() == null && !run.request().force();
  }

  /**
   * Keeps how many leads there are.
   *
   * @param row what {@code countUnagreed} returned
   * @return whether so many were never agreed on that the run is to be rehearsed; a dry one is its
   *     own rehearsal
   */
  public boolean begin(String row, Run run) {
    JsonNode counts = OneColumn.parse(row);
    long leads = counts.path("leads").asLong();
    run.firstDifferences().leads(leads);
    boolean many = Guard.isMany(counts.path("unagreed").asLong(), leads);
    run.firstDifferences().expected(many);
    return many && !run.request().dryRun();
  }

  /** The rehearsal of a run. */
  public Run rehearse(Run run) {
    Run rehearsal = run.rehearsal();
    rehearsal.firstDifferences().leads(run.firstDifferences().leads());
    return rehearsal;
  }

  /**
   * Passes when a run's rehearsal, or the dry run itself, has found few first differences, or it
   * was told what to do.
   *
   * @throws RunStoppedException when there are more than the guard allows
   */
  public void check(Run run, Run rehearsal) {
    if (isOpen(run) && run.firstDifferences().areExpected()) {
      Guard.check(rehearsal.firstDifferences(), run.request().full());
    }
  }

  /**
   * Before any table is written: where the guard has stopped one, nothing is written of the others
   * that were never fully loaded either. They are linked, and begin together; a table that was
   * loaded before goes on as ever.
   */
  public void holdBack(Run run) {
    List<Run> stopped =
        run.parts().stream().filter(part -> part != run && part.outcome().isByGuard()).toList();
    if (stopped.isEmpty()) {
      return;
    }
    String names =
        stopped.stream().map(part -> part.table().name()).collect(Collectors.joining(", "));
    String why =
        "nothing was written either, because the guard stopped %s: tables begin together"
            .formatted(names);
    run.parts().stream()
        .filter(part -> part.isOngoing() && isOpen(part))
        .forEach(part -> part.ended(RunOutcome.STOPPED, why));
  }
}
