package io.reconciler.sandbox.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.sandbox.formula.Dates;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Enters values into cells, whoever changes them; its callers hold the base's lock. */
final class CellEntry {

  private final Schema schema;
  private final LinkPairs links;

  CellEntry(Schema schema, LinkPairs links) {
    this.schema = schema;
    this.links = links;
  }

  /** Stores what a person typed in: a time in any form, or an option that a select did not have. */
  void type(Row row, SandboxField field, @Nullable Object value, Instant now) {
    JsonNode cell = Json.cell(value);
    Instant moment =
        field.type().equals("dateTime") && cell.isTextual() ? Dates.parse(cell.textValue()) : null;
    put(row, field, moment == null ? cell : Json.cell(moment), now);
    if (field.type().equals("singleSelect") && cell.isTextual() && !Json.empty(cell)) {
      schema.learn(field, cell.textValue());
    }
  }

  /** Stores a cell, and what it means for the cells of linked records. */
  void put(Row row, SandboxField field, JsonNode cell, Instant now) {
    JsonNode before = row.cell(field.id());
    row.put(field.id(), cell);
    if (field.isLink()) {
      links.changed(row, field, before, now);
    }
  }
}
