package io.reconciler.engine.apply.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Converted;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.AlteredValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to do about one record.
 *
 * @param row every mapped column as it shall stand, exactly as to be stored
 * @param changes the columns that change, of the kinds that write
 * @param agreed what the sides agree on afterwards
 * @param agreedChanged whether that has to be saved
 * @param outcomes one for each field group that was decided
 * @param patch the cells to send to Airtable, by Airtable field; empty when there is nothing to
 *     send
 * @param former one for each group of columns that were the portal's and are Airtable's now, the
 *     first time that they are written
 */
public record RecordPlan(
    Kind kind,
    IncomingRecord record,
    Map<String, @Nullable Object> row,
    List<Change> changes,
    Instant updatedAt,
    AgreedValues agreed,
    boolean agreedChanged,
    List<GroupOutcome> outcomes,
    Map<String, JsonNode> patch,
    List<GroupOutcome> former) {

  public enum Kind {
    INSERT,
    /** Some of its columns change. */
    UPDATE,
    /** None of its columns change. */
    UNCHANGED,
    /** The portal changed it since it was chosen: its grace period starts again. */
    IN_GRACE
  }

  /** One column's change, both values as stored. */
  public record Change(String column, @Nullable Object from, @Nullable Object to) {}

  /** The same, with what PostgreSQL made of what was written. */
  public RecordPlan withAltered(Map<String, AlteredValue> altered) {
    return altered.equals(agreed.altered())
        ? this
        : new RecordPlan(
            kind,
            record,
            row,
            changes,
            updatedAt,
            agreed.withAltered(altered),
            true,
            outcomes,
            patch,
            former);
  }

  /** The same, with this decided of columns that were the portal's. */
  RecordPlan withFormer(List<GroupOutcome> decided) {
    return decided.isEmpty()
        ? this
        : new RecordPlan(
            kind, record, row, changes, updatedAt, agreed, agreedChanged, outcomes, patch, decided);
  }

  /** What is a matter for the conflict ledger. */
  public Stream<GroupOutcome> conflicts() {
    return Stream.concat(outcomes.stream(), former.stream()).filter(GroupOutcome::conflict);
  }

  /** Whether a lead is inserted or changed. */
  public boolean writesLead() {
    return kind == Kind.INSERT || kind == Kind.UPDATE;
  }

  /** The columns that could not be converted. */
  public Map<String, Converted.Failed> failures() {
    return record.failures();
  }
}
