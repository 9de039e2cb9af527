package io.reconciler.sandbox.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The records of a table as they were, to be put back as often as one likes. Those that had been
 * deleted by then must not be restored afterwards, and the fields stay what they are.
 */
public final class KeptRecords {

  private final SandboxTable table;
  private final List<Row> rows;

  private KeptRecords(SandboxTable table) {
    this.table = table;
    this.rows = table.locked(() -> table.rows().all().stream().map(this::copy).toList());
  }

  /** Those of this table as they are now. */
  public static KeptRecords of(SandboxTable table) {
    return new KeptRecords(table);
  }

  /** The table holds these and no others. */
  public void putBack() {
    table.locked(
        () -> {
          List.copyOf(table.rows().ids()).forEach(table.rows()::delete);
          return rows.stream().map(this::copy).filter(table.rows()::add).toList();
        });
  }

  private Row copy(Row row) {
    Row copy = new Row(row.id(), row.number(), row.created());
    copy.creator(row.creator());
    copy.editor(row.editor());
    for (SandboxField field : table.schema().fields()) {
      JsonNode cell = row.cell(field.id());
      if (cell != null) {
        copy.put(field.id(), cell);
      }
      copy.edited(field.id(), row.modified(List.of(field.id())));
    }
    copy.lastEdited(row.modified(List.of()));
    return copy;
  }
}
