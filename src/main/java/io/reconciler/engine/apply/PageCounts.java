package io.reconciler.engine.apply;

import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.apply.plan.PagePlan;
import io.reconciler.engine.apply.plan.Problem;
import io.reconciler.engine.apply.plan.RecordPlan;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.Stage;

/** Counts a page once it is committed (in a dry run: once it is decided). */
public final class PageCounts {

  /** Adds a page's counts, error texts and, in a dry run, planned writes to its run. */
  public void count(PagePlan plan, Run run) {
    if (plan.isPull() && plan.purpose() != Page.Purpose.LINKS) {
      run.counts()
          .pulled(plan.insertCount(), plan.updateCount(), plan.count(RecordPlan.Kind.UNCHANGED));
    }
    run.counts().conflicts(plan.conflictCount());
    lags(plan, run);
    plan.problems().forEach(problem -> problem(problem, plan, run));
    if (run.request().dryRun()) {
      new PlannedPage(run.mapping()).tell(plan, run);
    }
  }

  // What was edited before the first load was nobody's to bring over.
  private static void lags(PagePlan plan, Run run) {
    if (plan.purpose() == Page.Purpose.PULL && run.isLoaded() && !run.request().dryRun()) {
      plan.records().stream()
          .filter(RecordPlan::writesLead)
          .forEach(record -> run.editLags().pulled(record.record().modified()));
    }
  }

  private static void problem(Problem problem, PagePlan plan, Run run) {
    boolean wholeRecord = problem.field().isEmpty();
    if (problem.stage() == Stage.PULL) {
      run.counts().pullError(problem.text());
      // Whose links waited is counted already.
      if (wholeRecord && plan.purpose() != Page.Purpose.LINKS) {
        run.table().linksLeft().drop(problem.recordId());
        run.counts().pullFailed();
      }
    } else {
      run.counts().pushError(problem.text());
      if (wholeRecord) {
        run.counts().pushFailed();
      }
    }
  }
}
