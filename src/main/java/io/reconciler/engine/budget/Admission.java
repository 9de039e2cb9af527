package io.reconciler.engine.budget;

import io.reconciler.engine.budget.Budget.Work;
import io.reconciler.engine.run.RunRequest;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether a run of the schedule may spend requests now. What users ask for is never asked
 * here.
 */
public final class Admission {

  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private final Spending spending;
  private final Map<String, Boolean> told = new ConcurrentHashMap<>();

  public Admission(Spending spending) {
    this.spending = spending;
  }

  /** Whether this run may begin; one that may not is left out, and a later one makes it good. */
  public boolean admits(RunRequest request) {
    return spending.budget().map(budget -> admits(budget, request)).orElse(true);
  }

  private boolean admits(Budget budget, RunRequest request) {
    String base = Objects.requireNonNull(request.client());
    tell(budget, base);
    Work work = request.refresh() ? Work.REFRESH : request.full() ? Work.SWEEP : Work.RUN;
    boolean allowed = budget.allows(work, spending.sinceLast(base), spending.period());
    if (!allowed) {
      LOG.info("{}: a {} of the schedule is left out to spare requests", base, name(work));
    }
    return allowed;
  }

  // Once when it begins, and once when it is over.
  private void tell(Budget budget, String base) {
    Boolean before = told.put(base, budget.isShort());
    if (budget.isShort() && !Boolean.TRUE.equals(before)) {
      LOG.warn("{}: {}", base, BudgetText.shortage(budget, spending.period()));
    } else if (!budget.isShort() && Boolean.TRUE.equals(before)) {
      LOG.info("{}: there are requests enough again: the schedule is as it was set", base);
    }
  }

  private static String name(Work work) {
    return switch (work) {
      case USER, RUN -> "run";
      case SWEEP -> "full sweep";
      case REFRESH -> "refresh";
    };
  }
}
