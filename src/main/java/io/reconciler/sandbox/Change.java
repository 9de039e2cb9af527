package io.reconciler.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.sandbox.table.Json;
import io.reconciler.sandbox.table.Row;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.sandbox.table.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A checked change of one record.
 *
 * @param row the record
 * @param cells the accepted values
 * @param sent the values as the request gave them, by the names of their fields
 */
record Change(Row row, Map<SandboxField, JsonNode> cells, Map<String, JsonNode> sent) {

  /** Checks the fields of a request; throws the API's error at the first bad one. */
  static Change checked(Schema schema, Row row, JsonNode fields, CellRules rules) {
    Map<SandboxField, JsonNode> cells = new LinkedHashMap<>();
    Map<String, JsonNode> sent = new LinkedHashMap<>();
    fields
        .fields()
        .forEachRemaining(
            entry -> {
              SandboxField field = schema.asked(entry.getKey());
              cells.put(field, rules.accept(field, entry.getValue()));
              sent.put(field.name(), entry.getValue());
            });
    return new Change(row, cells, sent);
  }

  /** Makes it a replacement: writable fields that were not given become empty. */
  Change replacing(Schema schema) {
    schema.fields().stream()
        .filter(field -> !field.computed())
        .forEach(field -> cells.putIfAbsent(field, Json.cell(null)));
    return this;
  }

  /** Stores it; returns whether any cell became another. Only those move the modified time. */
  boolean apply(SandboxTable table, Instant now) {
    Schema schema = table.schema();
    boolean changed = false;
    for (Map.Entry<SandboxField, JsonNode> cell : cells.entrySet()) {
      SandboxField field = cell.getKey();
      if (!row.holds(field.id(), cell.getValue())) {
        table.put(row, field, cell.getValue(), now);
        row.edited(field.id(), now);
        learn(schema, field, cell.getValue());
        changed = true;
      }
    }
    return changed;
  }

  private static void learn(Schema schema, SandboxField field, JsonNode value) {
    if (field.isSelect() && value.isTextual() && !Json.empty(value)) {
      schema.learn(field, value.textValue());
    }
    value.forEach(entry -> learn(schema, field, entry));
  }
}
