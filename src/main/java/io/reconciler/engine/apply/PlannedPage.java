package io.reconciler.engine.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.decide.GroupState;
import io.reconciler.decide.Winner;
import io.reconciler.engine.apply.plan.GroupOutcome;
import io.reconciler.engine.apply.plan.PagePlan;
import io.reconciler.engine.apply.plan.RecordPlan;
import io.reconciler.engine.apply.unique.KeyRows;
import io.reconciler.engine.dryrun.FirstDifferences;
import io.reconciler.engine.dryrun.PlannedConflict;
import io.reconciler.engine.dryrun.PlannedKeys;
import io.reconciler.engine.dryrun.PlannedLeads;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunResult;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import io.reconciler.side.postgres.UniqueKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what a page of a dry run would write, and keeps of it what stage 2 has to know. */
final class PlannedPage {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Mapping mapping;

  PlannedPage(Mapping mapping) {
    this.mapping = mapping;
  }

  void tell(PagePlan page, Run run) {
    for (RecordPlan plan : page.records()) {
      firstDifferences(plan, run);
      plan.conflicts().forEach(outcome -> run.counts().decided(conflict(plan, outcome)));
      planned(page, plan, run);
      if (plan.kind() == RecordPlan.Kind.UPDATE) {
        run.plannedLeads().timed(plan.record().id(), true);
      }
      if (page.isPull()) {
        LeadRow row =
            new LeadRow(page.clientId(), plan.record().id(), plan.updatedAt(), plan.row());
        run.plannedLeads().row(row);
        keys(plan, run);
      }
      if (plan.changes().stream().anyMatch(this::reactivates)) {
        run.plannedLeads().reactivate(plan.record().id());
      }
      if (page.isPull() && PagePlan.changed(plan)) {
        run.plannedLeads().wake(plan.record().id());
      }
    }
  }

  // A new lead's value may be in another's way; one that an old lead gives up no longer is.
  private void keys(RecordPlan plan, Run run) {
    List<UniqueKey> keys = run.table().knownUniqueKeys();
    if (keys.isEmpty() || !plan.writesLead()) {
      return;
    }
    KeyRows rows = new KeyRows(mapping, keys, run.client().id());
    Map<String, @Nullable Object> before = new LinkedHashMap<>(plan.row());
    plan.changes().forEach(change -> before.put(change.column(), change.from()));
    String id = plan.record().id();
    boolean isNew = run.plannedLeads().isInserted(id);
    ObjectNode row = rows.row(id, plan.row());
    Set<String> held = isNew ? Set.of() : rows.texts(rows.row(id, before));
    Set<String> texts = rows.texts(row);
    if (!texts.equals(held)) {
      run.plannedLeads().keys().plan(id, new PlannedKeys.Lead(isNew, row, texts), held);
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

  private void planned(PagePlan page, RecordPlan plan, Run run) {
    if (!run.plannedLeads().first(plan.record().id(), page.isPull())) {
      return;
    }
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
  // A new lead is nothing to stage 2, and one that is in step is only to be left alone: of 30,000
  // leads there is no more to remember than of the few that differ.
  private void remember(PagePlan page, RecordPlan plan, PlannedLeads planned) {
    String id = plan.record().id();
    if (plan.kind() == RecordPlan.Kind.INSERT) {
      planned.inserted(id, plan.agreed());
      return;
    }
    if (inStep(plan)) {
      planned.inStep(id);
    } else if (plan.agreedChanged()) {
      planned.agreed(id, plan.agreed());
      planned.lead(id, new LeadRow(page.clientId(), id, plan.updatedAt(), portalColumns(plan)));
    }
    plan.outcomes().stream()
        .filter(GroupOutcome::conflict)
        .forEach(o -> planned.conflict(id, o.group().name(), decision(o, "")));
  }

  private boolean reactivates(RecordPlan.Change change) {
    return isExistence(change.column()) && Boolean.FALSE.equals(change.from());
  }

  private boolean isExistence(String column) {
    return mapping.existence().filter(field -> field.column().equals(column)).isPresent();
  }

  private boolean inStep(RecordPlan plan) {
    LeadRow lead = new LeadRow(null, plan.record().id(), plan.updatedAt(), plan.row());
    return plan.agreed().intent().isEmpty()
        && mapping.groups().stream()
            .allMatch(g -> lead.group(g).equals(plan.agreed().agreed().get(g.name())));
  }

  private Map<String, @Nullable Object> portalColumns(RecordPlan plan) {
    Map<String, @Nullable Object> own = new LinkedHashMap<>();
    mapping
        .portalFields()
        .forEach(field -> own.put(field.column(), plan.row().get(field.column())));
    return own;
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
    if (isExistence(field.column())) {
      return Boolean.TRUE.equals(change.to()) ? "reactivate" : "deactivate";
    }
    return field.group() == null
        ? former(plan, field).map(o -> decision(o, "update")).orElse("update")
        : decision(outcome(plan, field), "update");
  }

  private static Optional<GroupOutcome> former(RecordPlan plan, FieldMapping field) {
    return plan.former().stream().filter(o -> o.group().fields().contains(field)).findFirst();
  }

  private static GroupOutcome outcome(RecordPlan plan, FieldMapping field) {
    return plan.outcomes().stream()
        .filter(outcome -> outcome.group().name().equals(field.group()))
        .findFirst()
        .orElseThrow();
  }

  private static PlannedConflict conflict(RecordPlan plan, GroupOutcome outcome) {
    return new PlannedConflict(
        plan.record().id(),
        outcome.group().name(),
        Objects.requireNonNull(outcome.decision().winner(), "winner").label(),
        AgreedValues.json(outcome.state().airtable(), outcome.group()),
        AgreedValues.json(outcome.state().portal(), outcome.group()));
  }

  private static String decision(GroupOutcome outcome, String plain) {
    Winner winner = outcome.decision().winner();
    return winner == null ? plain : "conflict-" + winner.label();
  }

  private static @Nullable JsonNode json(FieldMapping field, @Nullable Object value) {
    return value == null ? JSON.nullNode() : field.toColumn(value);
  }
}
