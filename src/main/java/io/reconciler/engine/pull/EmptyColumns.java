package io.reconciler.engine.pull;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.decide.GroupValues;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.apply.plan.PageLook;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunTable;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Believes no column that is empty in a whole page before it is known that its field is still
 * there: the absence of a field from the records is never taken for a clear.
 */
public final class EmptyColumns {

  private final Clock clock;

  /** Believes metadata that was asked for just now on this clock. */
  public EmptyColumns(Clock clock) {
    this.clock = clock;
  }

  /**
   * Whether applying this page, which was looked at, would empty a column in every record of it
   * that holds a value. What the portal has entered and Airtable has not got yet is no such value.
   */
  public boolean wouldClear(Page page, Run run) {
    PageLook look = Objects.requireNonNull(page.look(), "look");
    Map<String, AgreedValues> known = look.agreed();
    return absent(page, run.table())
        .anyMatch(
            field ->
                look.leads().stream().anyMatch(row -> holds(row, field, known, run.mapping())));
  }

  private static Stream<FieldMapping> absent(Page page, RunTable table) {
    return table.mapping().airtableFields().stream()
        .filter(field -> !table.leftOut().contains(field.column()))
        .filter(field -> absent(field, page));
  }

  /**
   * Whether it may have to be asked for the fields again before an empty column is believed: some
   * field is in no record of the page, and the metadata was not asked for just now.
   */
  public boolean isUnsure(Page page, Run run) {
    return run.table().fields().age().isUnsure(clock.instant())
        && absent(page, run.table()).findAny().isPresent();
  }

  private static boolean absent(FieldMapping field, Page page) {
    boolean read =
        page.records().stream().anyMatch(record -> record.values().containsKey(field.column()));
    return read
        && page.records().stream()
            .noneMatch(
                record ->
                    record.failures().containsKey(field.column())
                        || (record.values().containsKey(field.column())
                            && !isEmpty(field, record.values().get(field.column()))));
  }

  // Only this one column is read of the row: of thirty-nine, few are absent.
  private static boolean holds(
      JsonNode row, FieldMapping field, Map<String, AgreedValues> known, Mapping mapping) {
    String id = LeadRow.recordId(row, mapping);
    GroupValues agreed =
        field.group() == null
            ? null
            : known.getOrDefault(id, AgreedValues.NONE).agreed().get(field.group());
    Object value =
        agreed == null ? field.fromJson(row.get(field.column())) : agreed.get(field.column());
    return !isEmpty(field, value);
  }

  // What an empty cell becomes: null, false, or the mapping's default.
  private static boolean isEmpty(FieldMapping field, @Nullable Object value) {
    Object normal = field.normalise(value);
    return normal == null
        || normal.equals(false)
        || normal.equals(field.normalise(field.defaultValue()));
  }
}
