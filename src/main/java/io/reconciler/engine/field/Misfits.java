package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The mapped fields that do not serve their columns: their type does not, or their links point at
 * another table. Used by one thread.
 */
final class Misfits {

  private final Mapping mapping;
  private final BoundFields fields;
  private final SavedFields saved;
  private final JsonNode tableIds;
  private final Map<String, String> reasons = new HashMap<>();
  private Objections objections;

  /**
   * Of these fields, of which the database holds what they were.
   *
   * @param tableIds the ids of the tables that runs know, by what the mappings call them
   */
  Misfits(Mapping mapping, BoundFields fields, SavedFields saved, JsonNode tableIds) {
    this.mapping = mapping;
    this.fields = fields;
    this.saved = saved;
    this.tableIds = tableIds;
    this.objections = new Objections(List.of(), MappingSet.of(mapping), tableIds);
  }

  /** Marks those that this metadata of their table, and of its base, shows. */
  void learn(Metadata table, JsonNode schema, MappingSet mappings) {
    objections = Objections.in(schema, mappings, tableIds);
    reasons.clear();
    mapping.airtableFields().forEach(mapped -> judge(mapped, table));
  }

  private void judge(FieldMapping mapped, Metadata table) {
    BoundField bound = fields.of(mapped.column());
    table
        .field(bound.reference(), bound.id())
        .filter(field -> !objections.isRead(mapped, field, saved.isUnlike(bound)))
        .ifPresent(
            field -> {
              fields.add(bound.misfit());
              reasons.put(mapped.column(), objections.reason(mapped, field));
            });
  }

  /** Why a field, as the metadata shows it, does not serve a column; empty when it does. */
  String objection(FieldMapping mapped, Field field) {
    return objections.to(mapped, field);
  }

  /** Why a column's field does not serve it: as the metadata says, else as it said last. */
  String reason(String column) {
    return reasons.getOrDefault(
        column, ", of the type " + fields.of(column).type() + ", as far as is known");
  }
}
