package io.reconciler.engine.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.decide.GroupValues;
import io.reconciler.engine.apply.PlannedWrites;
import io.reconciler.engine.apply.UnappliedRecords;
import io.reconciler.engine.apply.plan.Problem;
import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.failure.UnwrittenException;
import io.reconciler.engine.guard.Guard;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.Stage;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.RecordRead;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.GoneText;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import io.reconciler.side.postgres.OneColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** What becomes of changes that Airtable will not take: a record that is gone, or a bad value. */
public final class UnsendableChanges {

  private static final String GONE =
      "the record is gone from Airtable; the lead is marked inactive, and what the portal had"
          + " changed is kept here";

  private static final String NOT_EDITABLE =
      "the token's user may not edit the field %s in Airtable: %s";

  /** The candidates whose records Airtable does not show any more. */
  public UnappliedRecords missingCandidates(Chunk chunk, RecordRead read, Run run) {
    Map<String, Map<String, GroupValues>> gone = new HashMap<>();
    for (Candidate candidate : chunk.of(read.absent())) {
      Map<String, GroupValues> values = new HashMap<>();
      for (FieldGroup group : run.mapping().groups()) {
        values.put(group.name(), candidate.lead().group(group));
      }
      gone.put(candidate.lead().recordId(), values);
    }
    return gone(gone, run);
  }

  /** A single change that Airtable refused. */
  public UnappliedRecords refused(OutgoingBatch batch, AirtableException.Refused refusal, Run run) {
    return unsent(
        batch,
        (push, group) ->
            reason(refusal) + Options.allowed(push, group, batch.options().after(refusal)),
        run);
  }

  /** Changes of fields that the token's user may not edit: nobody asks Airtable for each. */
  public UnappliedRecords barred(OutgoingBatch batch, Run run) {
    return unsent(
        batch,
        (push, group) -> {
          AirtableException.Forbidden why = batch.scan().outbox().rights().why(group.name());
          return NOT_EDITABLE.formatted(names(push, group), why == null ? "" : why.said());
        },
        run);
  }

  private static UnappliedRecords unsent(
      OutgoingBatch batch, BiFunction<Push, FieldGroup, String> reason, Run run) {
    List<Problem> problems = new ArrayList<>();
    for (Push push : batch.changes().pushes()) {
      for (FieldGroup group : run.mapping().groups()) {
        GroupValues values = push.values().get(group.name());
        if (values != null) {
          problems.add(unsent(push, group, values, reason.apply(push, group)));
        }
      }
      if (batch.scan().count(push.recordId())) {
        run.counts().pushFailed();
      }
    }
    problems.forEach(problem -> run.counts().pushError(problem.text()));
    return UnappliedRecords.of(problems, run.client().id(), run.id());
  }

  /**
   * Passes when so many leads may be deactivated.
   *
   * @throws io.reconciler.engine.failure.RunStoppedException when it is more than the guard allows
   */
  public void guard(UnappliedRecords gone, Number active, Scan scan, Run run) {
    long before = scan.gone(0);
    long now = scan.gone(gone.problems().size());
    if (!run.request().force()) {
      Guard.check(active.longValue() + before, now, run.mapping().filter());
    }
  }

  /** Counts leads that are inactive now. */
  public void count(UnappliedRecords gone, Scan scan, Run run) {
    for (Problem problem : gone.problems()) {
      if (scan.count(problem.recordId())) {
        run.counts().pushFailed();
      }
      run.counts().pushError(problem.text());
      run.counts().planned(PlannedWrites.deactivation(problem.recordId(), run.mapping()));
    }
  }

  /** Counts a lead that could not be marked inactive: the next run finds it as it is. */
  public void left(UnappliedRecords gone, Throwable cause, Scan scan, Run run) {
    for (Problem problem : gone.problems()) {
      if (scan.count(problem.recordId())) {
        run.counts().pushFailed();
      }
      run.counts()
          .pushError(
              GoneText.stillActive(problem.recordId(), "run", run.mapping().filter())
                  + FailureText.of(cause));
    }
  }

  /** The leads of these records, a JSON array, are to become inactive. */
  public UnappliedRecords swept(String recordIds, Run run) {
    return new UnappliedRecords(run.client().id(), run.id(), List.of(), recordIds);
  }

  /**
   * Makes sure that none of these leads is active any more.
   *
   * @throws UnwrittenException when one is: a transaction that did not mark it is to be undone
   */
  public void ensureMarked(Number stillActive) {
    if (stillActive.longValue() > 0) {
      throw UnwrittenException.active();
    }
  }

  /** Counts what the portal had changed of leads that are inactive now. */
  public void countUnpushed(UnappliedRecords unpushed, Run run) {
    unpushed.problems().forEach(problem -> run.counts().pushError(problem.text()));
  }

  /** The same, with what the portal had changed of them and Airtable never got. */
  public UnappliedRecords unpushed(
      UnappliedRecords swept,
      List<Map<String, Object>> leadRows,
      List<Map<String, Object>> agreedRows,
      Run run) {
    Map<String, LeadRow> leads = LeadRow.byRecord(OneColumn.json(leadRows), run.mapping());
    Map<String, AgreedValues> agreed =
        AgreedValues.byRecord(OneColumn.json(agreedRows), run.mapping());
    Map<String, Map<String, GroupValues>> changes = new TreeMap<>();
    leads.forEach(
        (id, lead) -> {
          AgreedValues known = agreed.getOrDefault(id, AgreedValues.NONE);
          var changed = changed(lead.asWritten(known, run.mapping()), known, run);
          if (!changed.isEmpty() && run.client().id().equals(lead.clientId())) {
            changes.put(id, changed);
          }
        });
    return new UnappliedRecords(
        run.client().id(), run.id(), gone(changes, run).problems(), swept.recordIdsJson());
  }

  private Map<String, GroupValues> changed(LeadRow lead, AgreedValues agreed, Run run) {
    Map<String, GroupValues> changed = new HashMap<>();
    GroupValues none = new GroupValues(Map.of());
    for (FieldGroup group : run.mapping().groups()) {
      if (!lead.group(group).equals(agreed.agreed().getOrDefault(group.name(), none))) {
        changed.put(group.name(), lead.group(group));
      }
    }
    return changed;
  }

  private UnappliedRecords gone(Map<String, Map<String, GroupValues>> gone, Run run) {
    String reason = GoneText.of(GONE, run.mapping().filter());
    List<Problem> problems = new ArrayList<>();
    gone.forEach(
        (id, values) ->
            problems.add(
                new Problem(
                    Stage.PUSH,
                    id,
                    "",
                    reason,
                    id + ": " + reason,
                    AgreedValues.json(values, run.mapping()))));
    return UnappliedRecords.of(problems, run.client().id(), run.id());
  }

  private static Problem unsent(Push push, FieldGroup group, GroupValues values, String reason) {
    ObjectNode payload = AgreedValues.json(values, group);
    return new Problem(
        Stage.PUSH,
        push.recordId(),
        group.name(),
        reason,
        "%s, field %s: %s".formatted(push.recordId(), names(push, group), reason),
        payload);
  }

  private static String names(Push push, FieldGroup group) {
    Map<String, ?> cells = push.cells().getOrDefault(group.name(), Map.of());
    return "\"" + String.join("\", \"", cells.keySet()) + "\"";
  }

  private static String reason(AirtableException.Refused refusal) {
    if (refusal instanceof AirtableException.Forbidden forbidden) {
      return forbidden.said()
          + (forbidden.isRecordMissing()
              ? "; but a read shows the record"
              : "; of other records Airtable takes the field");
    }
    return String.valueOf(refusal.getMessage());
  }
}
