package io.reconciler.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.mapping.FieldMapping;
import io.reconciler.mapping.Mapping;
import io.reconciler.merge.GroupState;
import io.reconciler.merge.Winner;
import io.reconciler.run.FirstDifferences;
import io.reconciler.run.PlannedLeads;
import io.reconciler.run.Run;
import io.reconciler.run.RunResult;
import io.reconciler.store.LeadRow;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts a page once it is committed (in a dry run: once it is decided). */
public final class PageCounts {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Mapping mapping;

  /** Names fields by this mapping. */
  public PageCounts(Mapping mapping) {
    this.mapping = mapping;
  }

  /** Adds a page's counts, error texts and, in a dry run, planned writes to its run. */
  public void count(PagePlan plan, Run run) {
    if (plan.isPull()) {
      run.counts()
          .pulled(plan.insertCount(), plan.updateCount(), plan.count(RecordPlan.Kind.UNCHANGED));
    }
    run.counts().conflicts(plan.conflictCount());
    lags(plan, run);
    plan.problems().forEach(problem -> problem(problem, run));
    if (run.request().dryRun()) {
      plan.records().forEach(record -> firstDifferences(record, run));
      plan.records().forEach(record -> planned(plan, record, run));
    }
  }

  private static void firstDifferences(RecordPlan plan, Run run) {
    plan.outcomes().stream()
        .map(GroupOutcome::state)
        .filter(GroupState::firstDifference)
        .forEach(state -> run.firstDifferences().add(plan.record().id(), kind(state)));
  }

  private static FirstDifferences.Kind kind(GroupState state) {
    if (state.airtable().covers(state.portal())) {
      return FirstDifferences.Kind.ONLY_AIRTABLE;
    }
    return state.portal().covers(state.airtable())
        ? FirstDifferences.Kind.ONLY_PORTAL
        : FirstDifferences.Kind.BOTH;
  }

  // What was edited before the first load was nobody's to bring over.
  private static void lags(PagePlan plan, Run run) {
    if (plan.purpose() == Page.Purpose.PULL && run.client().loaded() && !run.request().dryRun()) {
      plan.records().stream()
          .filter(RecordPlan::writesLead)
          .forEach(record -> run.editLags().pulled(record.record().modified()));
    }
  }

  private static void problem(Problem problem, Run run) {
    boolean wholeRecord = problem.field().isEmpty();
    if (problem.stage() == Stage.PULL) {
      run.counts().pullError(problem.text());
      if (wholeRecord) {
        run.counts().pullFailed();
      }
    } else {
      run.counts().pushError(problem.text());
      if (wholeRecord) {
        run.counts().pushFailed();
      }
    }
  }

  private void planned(PagePlan page, RecordPlan plan, Run run) {
    for (RecordPlan.Change change : plan.changes()) {
      FieldMapping field = mapping.column(change.column());
      JsonNode from = json(field, change.from());
      JsonNode to = json(field, change.to());
      run.counts().planned(write(plan, "pull", field, from, to, pullDecision(plan, field, change)));
    }
    if (page.isPull()) {
      remember(page, plan, run.plannedLeads());
    } else {
      plannedPush(plan, run);
    }
  }

  // What stage 1 leaves to be pushed is for stage 2 to plan: it may still be in its grace period.
  private static void remember(PagePlan page, RecordPlan plan, PlannedLeads planned) {
    String id = plan.record().id();
    if (plan.agreedChanged()) {
      planned.agreed(id, plan.agreed());
      if (plan.kind() == RecordPlan.Kind.UPDATE) {
        planned.lead(
            id, new LeadRow(plan.leadId(), page.clientId(), id, plan.updatedAt(), plan.row()));
      }
    }
    plan.outcomes().stream()
        .filter(GroupOutcome::conflict)
        .forEach(o -> planned.conflict(id, o.group().name(), decision(o, "")));
  }

  private void plannedPush(RecordPlan plan, Run run) {
    for (FieldMapping field : mapping.portalFields()) {
      JsonNode cell = plan.patch().get(Objects.requireNonNull(field.airtableField()));
      if (cell != null) {
        GroupOutcome outcome = outcome(plan, field);
        JsonNode from = AirtableSide.json(field, outcome);
        String earlier = run.plannedLeads().conflict(plan.record().id(), outcome.group().name());
        String decision = decision(outcome, earlier == null ? "update" : earlier);
        run.counts().planned(write(plan, "push", field, from, cell, decision));
      }
    }
  }

  private static RunResult.PlannedWrite write(
      RecordPlan plan,
      String direction,
      FieldMapping field,
      @Nullable JsonNode from,
      @Nullable JsonNode to,
      String decision) {
    return new RunResult.PlannedWrite(
        plan.record().id(), direction, field.column(), from, to, decision);
  }

  private String pullDecision(RecordPlan plan, FieldMapping field, RecordPlan.Change change) {
    if (plan.kind() == RecordPlan.Kind.INSERT) {
      return "insert";
    }
    if (field.equals(mapping.engineField())) {
      return Boolean.TRUE.equals(change.to()) ? "reactivate" : "deactivate";
    }
    return field.group() == null ? "update" : decision(outcome(plan, field), "update");
  }

  private static GroupOutcome outcome(RecordPlan plan, FieldMapping field) {
    return plan.outcomes().stream()
        .filter(outcome -> outcome.group().name().equals(field.group()))
        .findFirst()
        .orElseThrow();
  }

  private static String decision(GroupOutcome outcome, String plain) {
    Winner winner = outcome.decision().winner();
    return winner == null ? plain : "conflict-" + winner.label();
  }

  private static @Nullable JsonNode json(FieldMapping field, @Nullable Object value) {
    return value == null ? JSON.nullNode() : field.toJson(value);
  }
}
