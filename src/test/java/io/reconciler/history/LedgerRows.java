package io.reconciler.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conflict ledger, the open dead letters and the agreed values, as they stand. */
record LedgerRows(List<JsonNode> conflicts, List<JsonNode> letters, List<JsonNode> agreed) {

  static LedgerRows read(World world) {
    return new LedgerRows(
        rows(world, "select cast(to_jsonb(c) as text) from reconciler.conflict c"),
        rows(
            world,
            "select cast(to_jsonb(d) as text) from reconciler.dead_letter d where status <> 'closed'"),
        rows(world, "select cast(to_jsonb(a) as text) from reconciler.agreed_value a"));
  }

  private static List<JsonNode> rows(World world, String sql) {
    return world.jdbc().sql(sql).query(String.class).list().stream().map(OneColumn::parse).toList();
  }

  /** Whether the edit is on the losing side of a conflict, and not on the winning one. */
  boolean lostConflict(Edit edit) {
    return conflicts.stream()
        .filter(row -> row.path("airtable_record_id").asText().equals(edit.record()))
        .filter(row -> row.path("field_group").asText().equals(edit.cell().group()))
        .anyMatch(
            row ->
                loses(row, "airtable", "portal", edit)
                    || loses(row, "portal", "airtable", edit)
                    || undone(row, edit));
  }

  /**
   * A text that the portal cleared, and into which lines came back that it had not seen; or one
   * that Airtable cleared, and into which the portal's came back for nobody knows any more what was
   * agreed on.
   */
  private static boolean undone(JsonNode row, Edit edit) {
    boolean inAirtable = edit.side() == Edit.Side.AIRTABLE && row.path("agreed").isNull();
    return row.path("winner").asText().equals("merged")
        && edit.clears()
        && (edit.shownBy(text(row.path("portal"), edit.cell()))
            || (inAirtable && edit.shownBy(text(row.path("airtable"), edit.cell()))));
  }

  private static boolean loses(JsonNode row, String side, String other, Edit edit) {
    return row.path("winner").asText().equals(other)
        && edit.shownBy(text(row.path(side), edit.cell()))
        && !edit.shownBy(text(row.path(other), edit.cell()));
  }

  private static String text(JsonNode side, Cell cell) {
    JsonNode value = side.path(cell.column());
    return value.isObject()
        ? value.path("raw").asText()
        : cell.text(value.isNull() ? null : value.asText());
  }

  /** Whether a dead letter that is not settled keeps the edit. */
  boolean deadLetter(Edit edit) {
    return letters.stream()
        .filter(row -> row.path("airtable_record_id").asText().equals(edit.record()))
        .anyMatch(row -> keeps(row, edit));
  }

  private static boolean keeps(JsonNode row, Edit edit) {
    if (!edit.clears()) {
      return row.path("payload").toString().contains(edit.marker());
    }
    JsonNode payload = row.path("payload");
    JsonNode group = payload.has(edit.cell().group()) ? payload.path(edit.cell().group()) : payload;
    return group.has(edit.cell().column()) && text(group, edit.cell()).isEmpty();
  }

  /**
   * Whether a dead letter that is not settled names this column, its group, or the whole record.
   */
  boolean lists(String record, String column, @Nullable String group) {
    return letters.stream()
        .filter(row -> row.path("airtable_record_id").asText().equals(record))
        .map(row -> row.path("field").asText())
        .anyMatch(field -> field.isEmpty() || field.equals(column) || field.equals(group));
  }

  /** Whether both sides once agreed on the edit: it had reached Airtable. */
  boolean wasAgreed(Edit edit) {
    return agreed.stream()
        .filter(row -> row.path("airtable_record_id").asText().equals(edit.record()))
        .anyMatch(
            row -> edit.shownBy(text(row.path("agreed").path(edit.cell().group()), edit.cell())));
  }
}
