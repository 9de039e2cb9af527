package io.reconciler.engine.apply;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.decide.Decision;
import io.reconciler.engine.run.Stage;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.AgreedValues;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What to write for a page: each statement's rows as one JSON text.
 *
 * @param problems what could not be applied, field by field
 */
public record PagePlan(
    Mapping mapping,
    UUID clientId,
    UUID runId,
    Page.Purpose purpose,
    List<RecordPlan> records,
    List<Problem> problems) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Who settles a conflict in which nothing was lost: nobody has to look at it. */
  private static final String NOTHING_LOST = "nothing lost";

  /** How many leads are new. */
  public long insertCount() {
    return count(RecordPlan.Kind.INSERT);
  }

  /** How many leads change. */
  public long updateCount() {
    return count(RecordPlan.Kind.UPDATE);
  }

  /** Whether a lead is new or changes. */
  public boolean isWritingLeads() {
    return insertCount() + updateCount() > 0;
  }

  /** Whether there is nothing to write. */
  public boolean isQuiet() {
    return !isWritingLeads() && !hasAgreed() && conflictCount() == 0 && !hasProblems();
  }

  /** How many records are of this kind. */
  public long count(RecordPlan.Kind kind) {
    return records.stream().filter(plan -> plan.kind() == kind).count();
  }

  /** How many conflicts are decided. */
  public long conflictCount() {
    return records.stream()
        .flatMap(p -> p.outcomes().stream())
        .filter(GroupOutcome::conflict)
        .count();
  }

  /** The new leads. */
  public String inserts() {
    return JsonRows.of(
        rows -> {
          for (RecordPlan plan : of(RecordPlan.Kind.INSERT)) {
            rows.begin();
            rows.put("@client", clientId.toString());
            rows.put("@key", UUID.randomUUID().toString());
            rows.put("@created", plan.record().created().toString());
            row(plan, rows);
            rows.end();
          }
        });
  }

  /** The leads that change. */
  public String updates() {
    return JsonRows.of(
        rows -> {
          for (RecordPlan plan : of(RecordPlan.Kind.UPDATE)) {
            rows.begin();
            row(plan, rows);
            rows.end();
          }
        });
  }

  private List<RecordPlan> of(RecordPlan.Kind kind) {
    return records.stream().filter(plan -> plan.kind() == kind).toList();
  }

  /** Whether agreed values have to be saved. */
  public boolean hasAgreed() {
    return records.stream().anyMatch(RecordPlan::agreedChanged);
  }

  /** The agreed values to save. */
  public String agreed() {
    return array(
        RecordPlan::agreedChanged,
        (plan, rows) -> {
          AgreedValues agreed = plan.agreed();
          ObjectNode row = rows.addObject();
          row.put("airtable_record_id", plan.record().id());
          row.put("client_id", clientId.toString());
          row.set("agreed", AgreedValues.json(agreed.agreed(), mapping));
          row.set("intent", AgreedValues.json(agreed.intent(), mapping));
          row.set("written", AgreedValues.json(agreed.written(), mapping));
          row.set("seen", AgreedValues.json(agreed.seen(), mapping));
          row.put("airtable_modified_at", text(agreed.modified()));
          row.put("pending", agreed.pending());
        });
  }

  /** The conflicts, for the ledger. */
  public String conflicts() {
    return array(
        plan -> true,
        (plan, rows) ->
            plan.outcomes().stream()
                .filter(GroupOutcome::conflict)
                .forEach(outcome -> conflict(rows.addObject(), plan, outcome)));
  }

  /** Whether it belongs to stage 1. */
  public boolean isPull() {
    return purpose.stage() == Stage.PULL;
  }

  /** The only columns that were read, as a JSON array; null when it was all of them. */
  public @Nullable String onlyColumns() {
    if (!purpose.isPartial()) {
      return null;
    }
    ArrayNode columns = JSON.createArrayNode();
    records.stream().flatMap(plan -> plan.record().columns()).distinct().forEach(columns::add);
    return columns.toString();
  }

  /** Whether it changes a record, on either side. */
  public boolean hasRunChanges() {
    return records.stream().anyMatch(plan -> ChangeRows.changes(this, plan));
  }

  /** What it changes, one row a record. */
  public String runChanges() {
    return array(
        plan -> ChangeRows.changes(this, plan), (plan, rows) -> ChangeRows.add(this, plan, rows));
  }

  /** Whether something could not be applied. */
  public boolean hasProblems() {
    return !problems.isEmpty();
  }

  /** What could not be applied, for the dead letters. */
  public String deadLetters() {
    return DeadLetterRows.json(problems, clientId, runId);
  }

  /** The records, as a JSON array of ids. */
  public String recordIds() {
    return array(plan -> true, (plan, ids) -> ids.add(plan.record().id()));
  }

  /** The field groups that both sides agree on, by record: their dead letters are done with. */
  public String agreedGroups() {
    return array(
        plan -> true,
        (plan, rows) -> {
          if (!purpose.isPartial()) {
            settled(rows, plan, "");
          }
          plan.outcomes().stream()
              .filter(outcome -> !outcome.push() && outcome.agreesOnAirtable())
              .forEach(outcome -> settled(rows, plan, outcome.group().name()));
        });
  }

  /** The records whose values in Airtable changed: a refused push may work now. */
  public String changedIds() {
    return array(PagePlan::changed, (plan, ids) -> ids.add(plan.record().id()));
  }

  /** Whether a record's values in Airtable changed. */
  static boolean changed(RecordPlan plan) {
    return plan.kind() == RecordPlan.Kind.UPDATE
        || plan.outcomes().stream()
            .filter(o -> !o.push() && !o.unreadable())
            .anyMatch(o -> o.decision().kind() != Decision.Kind.IN_SYNC);
  }

  private String array(Predicate<RecordPlan> which, BiConsumer<RecordPlan, ArrayNode> write) {
    ArrayNode rows = JSON.createArrayNode();
    records.stream().filter(which).forEach(plan -> write.accept(plan, rows));
    return rows.toString();
  }

  private void row(RecordPlan plan, JsonRows row) throws IOException {
    row.put("@record", plan.record().id());
    row.put("@updated", plan.updatedAt().toString());
    ArrayNode kept = JSON.createArrayNode();
    for (FieldMapping field : mapping.fields()) {
      if (field.isLinked() && !changes(plan, field)) {
        // What it points at may have no record yet: it stays as it stands.
        kept.add(field.column());
      } else {
        row.put(field.column(), field.toColumn(plan.row().get(field.column())));
      }
    }
    row.put("@kept", kept);
  }

  private static boolean changes(RecordPlan plan, FieldMapping field) {
    return plan.changes().stream().anyMatch(c -> c.column().equals(field.column()));
  }

  private void conflict(ObjectNode row, RecordPlan plan, GroupOutcome outcome) {
    row.put("client_id", clientId.toString());
    row.put("run_id", runId.toString());
    row.put("stage", purpose.stage().label());
    row.put("airtable_record_id", plan.record().id());
    row.put("field_group", outcome.group().name());
    row.put("policy", outcome.state().policy().label());
    row.put("winner", Objects.requireNonNull(outcome.decision().winner(), "winner").label());
    row.put("status", outcome.nothingLost() ? "settled" : "open");
    row.put("settled_by", outcome.nothingLost() ? NOTHING_LOST : null);
    var agreed = outcome.state().agreed();
    row.set("agreed", agreed == null ? null : AgreedValues.json(agreed, outcome.group()));
    row.set("airtable", AgreedValues.json(outcome.state().airtable(), outcome.group()));
    row.set("portal", AgreedValues.json(outcome.state().portal(), outcome.group()));
    row.put("airtable_modified_at", text(outcome.state().airtableModified()));
    row.put("portal_modified_at", text(outcome.state().portalModified()));
  }

  private static void settled(ArrayNode rows, RecordPlan plan, String group) {
    rows.addObject().put("airtable_record_id", plan.record().id()).put("field", group);
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  // Camel looks bodies up by their hash at every expression: that must not read a hundred records.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** Without the values, which may not reach a log or the text of a failure. */
  @Override
  public String toString() {
    return records.size() + " planned records to " + purpose;
  }
}
