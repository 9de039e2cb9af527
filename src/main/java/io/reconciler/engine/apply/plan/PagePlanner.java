package io.reconciler.engine.apply.plan;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Plans a page: every record by itself, against the leads and agreed values as they stand now. */
public final class PagePlanner {

  private final Mapping mapping;
  private final RecordPlanner planner;
  private final Problems problems;

  /** Plans by this mapping, with this planner for each record. */
  public PagePlanner(Mapping mapping, RecordPlanner planner) {
    this.mapping = mapping;
    this.planner = planner;
    this.problems = new Problems(mapping);
  }

  /** What to write for a page, for a client and a run with these rules. */
  public PagePlan plan(
      Page page,
      Map<String, LeadRow> leads,
      Map<String, AgreedValues> agreed,
      UUID clientId,
      UUID runId,
      RunRules rules) {
    List<RecordPlan> plans = new ArrayList<>();
    List<Problem> found = new ArrayList<>();
    for (IncomingRecord record : page.records()) {
      LeadRow lead = leads.get(record.id());
      if (lead != null && !clientId.equals(lead.clientId())) {
        found.add(Problems.foreign(page, record));
        continue;
      }
      RecordPlan plan =
          record(page, record, lead, agreed.getOrDefault(record.id(), AgreedValues.NONE), rules);
      if (plan != null) {
        plans.add(plan);
        found.addAll(problems.of(page, plan, lead));
      }
    }
    return new PagePlan(mapping, clientId, runId, page.purpose(), plans, found, page.together());
  }

  private @Nullable RecordPlan record(
      Page page,
      IncomingRecord record,
      @Nullable LeadRow lead,
      AgreedValues known,
      RunRules rules) {
    return planned(
        page, record, lead == null ? null : lead.asWritten(known, mapping), known, rules);
  }

  private @Nullable RecordPlan planned(
      Page page,
      IncomingRecord record,
      @Nullable LeadRow lead,
      AgreedValues known,
      RunRules rules) {
    if (lead == null) {
      // Only stage 1 makes leads; for stage 2 the lead was deleted since it was chosen.
      return page.purpose() == Page.Purpose.PULL ? planner.insert(record) : null;
    }
    return switch (page.purpose()) {
      case PULL -> planner.pull(record, lead, known, rules);
      case REFRESH, LINKS -> planner.refresh(record, lead, known, rules.ofLinks());
      case CONFIRM_PUSH ->
          planner.confirmPush(record, lead, known, page.sent().getOrDefault(record.id(), Set.of()));
      case PREPARE_PUSH -> {
        boolean moved = !lead.updatedAt().equals(page.selectedAt().get(record.id()));
        yield moved
            ? planner.inGrace(record, lead, known)
            : planner.preparePush(
                record, lead, known, page.held().getOrDefault(record.id(), Set.of()), rules);
      }
    };
  }
}
