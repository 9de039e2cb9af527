package io.reconciler.engine.apply.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.reconciler.decide.Decision;
import io.reconciler.engine.run.Stage;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.Mapping;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What to write for a page: each statement's rows as one JSON array.
 *
 * @param problems what could not be applied, field by field
 * @param together whether its records want what they hold of each other
 */
public record PagePlan(
    Mapping mapping,
    UUID clientId,
    UUID runId,
    Page.Purpose purpose,
    List<RecordPlan> records,
    List<Problem> problems,
    boolean together) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public long insertCount() {
    return count(RecordPlan.Kind.INSERT);
  }

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
    return records.stream().flatMap(RecordPlan::conflicts).count();
  }

  /** The new leads, for their statement. */
  public byte[] inserts() {
    return LeadRows.inserts(this);
  }

  /** The leads that change, for their statement. */
  public byte[] updates() {
    return LeadRows.updates(this);
  }

  /** The same page without some of its records. */
  public PagePlan without(Predicate<RecordPlan> which) {
    List<RecordPlan> others = records.stream().filter(which.negate()).toList();
    return new PagePlan(mapping, clientId, runId, purpose, others, problems, together);
  }

  /** The same page, each record changed so. */
  public PagePlan with(UnaryOperator<RecordPlan> change) {
    List<RecordPlan> changed = records.stream().map(change).toList();
    return new PagePlan(mapping, clientId, runId, purpose, changed, problems, together);
  }

  public List<RecordPlan> of(RecordPlan.Kind kind) {
    return records.stream().filter(plan -> plan.kind() == kind).toList();
  }

  /** Whether agreed values have to be saved. */
  public boolean hasAgreed() {
    return records.stream().anyMatch(RecordPlan::agreedChanged);
  }

  /** The agreed values to save. */
  public byte[] agreed() {
    return AgreedRows.of(this);
  }

  /** The conflicts, for the ledger. */
  public String conflicts() {
    return array(plan -> true, (plan, rows) -> ConflictRows.add(this, plan, rows));
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

  /**
   * The field groups that both sides agree on, or that are not the portal's any more, by record:
   * their dead letters are done with.
   */
  public String agreedGroups() {
    return array(
        plan -> true,
        (plan, rows) -> {
          if (!purpose.isPartial()) {
            settled(rows, plan, "");
          }
          plan.outcomes().stream()
              .filter(o -> !o.push() && !o.unreadable() && o.agreesOnAirtable())
              .forEach(outcome -> settled(rows, plan, outcome.group().name()));
          plan.former().stream()
              .filter(outcome -> !owns(outcome.group()))
              .forEach(outcome -> settled(rows, plan, outcome.group().name()));
        });
  }

  private boolean owns(FieldGroup group) {
    return mapping.groups().stream().anyMatch(own -> own.name().equals(group.name()));
  }

  /** The records whose values in Airtable changed: a refused push may work now. */
  public String changedIds() {
    return array(PagePlan::changed, (plan, ids) -> ids.add(plan.record().id()));
  }

  /** Whether a record's values in Airtable changed. */
  public static boolean changed(RecordPlan plan) {
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

  private static void settled(ArrayNode rows, RecordPlan plan, String group) {
    rows.addObject().put("airtable_record_id", plan.record().id()).put("field", group);
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
