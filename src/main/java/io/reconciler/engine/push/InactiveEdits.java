package io.reconciler.engine.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.decide.GroupValues;
import io.reconciler.engine.apply.UnappliedRecords;
import io.reconciler.engine.apply.plan.Problem;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.Stage;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.GoneText;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.statement.CandidateStatements;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The search of one run for edits of leads whose record is gone: they can go nowhere, and are kept
 * in the dead letters. Used by one thread.
 */
public final class InactiveEdits {

  private static final String INACTIVE =
      "the lead is inactive, its record is gone from Airtable; what the portal changed is kept here";

  private final Run run;
  private final Mapping mapping;
  private final boolean all;
  private String changedAfter;
  private String record = "";
  private boolean more;

  InactiveEdits(Run run, Instant since, boolean wanted) {
    this.run = run;
    this.mapping = run.mapping();
    this.all = since.equals(Instant.EPOCH);
    this.changedAfter = since.toString();
    this.more = wanted && !mapping.groups().isEmpty();
  }

  /** Whether there may be more of them. */
  public boolean isMore() {
    return more;
  }

  /** Whether it looks at every inactive lead, and not only at those that changed. */
  public boolean isOfAll() {
    return all;
  }

  /** The client, for the statement. */
  public String clientId() {
    return run.client().id().toString();
  }

  /** The time of the last lead looked at, for the statement. */
  public String changedAfter() {
    return changedAfter;
  }

  /** The record of the last lead looked at, for the statement. */
  public String record() {
    return record;
  }

  /** The edits among these leads that no dead letter holds yet. Counts them. */
  public UnappliedRecords take(List<Map<String, Object>> rows) {
    List<Problem> problems = new ArrayList<>();
    for (JsonNode row : OneColumn.json(rows)) {
      record = row.path("@record").asText();
      changedAfter = row.path("@updated").asText(changedAfter);
      Map<String, GroupValues> edited = edited(row);
      if (!edited.isEmpty() && !run.plannedLeads().isReactivated(record)) {
        problems.add(problem(edited));
      }
    }
    more = rows.size() == CandidateStatements.CANDIDATES;
    problems.forEach(problem -> run.counts().pushError(problem.text()));
    return UnappliedRecords.of(problems, run.client().id(), run.id());
  }

  // A lead of which nothing was ever agreed on was inactive before the engine came.
  private Map<String, GroupValues> edited(JsonNode row) {
    AgreedValues agreed = AgreedValues.of(row.path("@known"), mapping);
    LeadRow lead = LeadRow.of(row, mapping).asWritten(agreed, mapping);
    JsonNode kept = row.path("@whole").path("payload");
    Map<String, GroupValues> edited = new HashMap<>();
    boolean isNew = false;
    for (FieldGroup group : mapping.groups()) {
      GroupValues values = lead.group(group);
      // What Airtable is still to show again was agreed on.
      GroupValues shown = agreed.intent().get(group.name());
      GroupValues before = agreed.agreed().getOrDefault(group.name(), shown);
      if (before != null && !values.equals(before)) {
        edited.put(group.name(), values);
        JsonNode known = kept.path(group.name());
        isNew |= !known.isObject() || !values.equals(AgreedValues.group(known, group));
      }
    }
    return isNew ? edited : Map.of();
  }

  private Problem problem(Map<String, GroupValues> edited) {
    String reason = GoneText.of(INACTIVE, mapping.filter());
    return new Problem(
        Stage.PUSH, record, "", reason, record + ": " + reason, AgreedValues.json(edited, mapping));
  }
}
