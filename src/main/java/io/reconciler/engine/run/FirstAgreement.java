package io.reconciler.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.postgres.OneColumn;

/** Before and after the look at what was never agreed on. */
public final class FirstAgreement {

  /**
   * Whether the guard has to look at what was never agreed on: the client was never fully loaded,
   * and nobody said whose values count.
   */
  public boolean isOpen(Run run) {
    return !run.isLoaded() && run.request().first() == null && !run.request().force();
  }

  /**
   * Keeps how many leads there are.
   *
   * @param row what {@code count-unagreed-leads.sql} returned
   * @return whether so many were never agreed on that the guard may have to stop the run, which is
   *     to be rehearsed then; a dry run is a rehearsal itself
   */
  public boolean begin(String row, Run run) {
    JsonNode counts = OneColumn.parse(row);
    long leads = counts.path("leads").asLong();
    run.firstDifferences().leads(leads);
    return !run.request().dryRun() && Guard.isMany(counts.path("unagreed").asLong(), leads);
  }

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
    if (isOpen(run)) {
      Guard.check(rehearsal.firstDifferences(), run.request().full());
    }
  }
}
