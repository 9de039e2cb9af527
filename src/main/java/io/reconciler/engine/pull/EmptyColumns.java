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
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds columns that are empty in a whole page: the absence of a field from the records is no clear
 * before it is known that the field is still there. Pure.
 */
final class EmptyColumns {

  private EmptyColumns() {}

  /**
   * Whether applying this page, which was looked at, would empty a column in every record of it
   * that holds a value. What the portal has entered and Airtable has not got yet is no such value.
   */
  static boolean wouldClear(Page page, Run run) {
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

  /** Whether some field is in no record of the page. */
  static boolean isAny(Page page, Run run) {
    return absent(page, run.table()).findAny().isPresent();
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
                            && !field.isEmpty(record.values().get(field.column()))));
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
    return !field.isEmpty(value);
  }
}
