package io.reconciler.program.init;

import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.mapping.Mapping;
import java.util.List;

/**
 * What becomes of a table of Airtable's.
 *
 * @param mapping as its file will be read
 * @param fields each field of the table, in Airtable's order
 * @param remarks what there is to know of the table, a line each
 * @param isNew whether its PostgreSQL table is to be made
 * @param isKept whether its file is there already, and stays as it is
 * @param ddl the statements that are missing
 * @param options statements that one may want as well
 */
public record TablePlan(
    TableSchema source,
    Mapping mapping,
    List<PlannedField> fields,
    List<String> remarks,
    boolean isNew,
    boolean isKept,
    List<String> ddl,
    List<String> options) {

  public TablePlan {
    fields = List.copyOf(fields);
    remarks = List.copyOf(remarks);
    ddl = List.copyOf(ddl);
    options = List.copyOf(options);
  }

  /** The text of its mapping file. */
  public String text() {
    return MappingText.of(this);
  }

  /** How many of its fields become columns. */
  public long mappedFields() {
    return fields.stream().filter(PlannedField::isMapped).count();
  }
}
