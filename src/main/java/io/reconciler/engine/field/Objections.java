package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.mapping.Owner;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said against a field as the metadata of its base shows it: its type does not serve
 * its column, or its links point at another table than the mapping says. Pure.
 *
 * @param tables those of the base
 * @param mappings all that there are
 * @param keptIds the ids of the tables that runs know, by what the mappings call them
 */
record Objections(List<TableSchema> tables, MappingSet mappings, JsonNode keptIds) {

  /** In a base of these tables; empty of one that is not told. */
  static Objections in(JsonNode schema, MappingSet mappings, JsonNode keptIds) {
    return new Objections(TableSchema.read(schema).orElse(List.of()), mappings, keptIds);
  }

  /** Why the field does not serve the column; empty when it does. */
  String to(FieldMapping mapped, Field field) {
    String ofType = field.objection(mapped);
    return ofType.isEmpty() ? ofTarget(mapped, field) : ofType;
  }

  /**
   * Whether a run reads the field all the same. For a column of its own what Airtable computes
   * comes as it is, cell by cell, whatever the metadata calls it; so does a field that never
   * fitted, of which nothing is lost.
   *
   * @param changed whether its type was another one before
   */
  boolean isRead(FieldMapping mapped, Field field, boolean changed) {
    boolean serves = field.objection(mapped).isEmpty();
    boolean comes = mapped.owner() == Owner.AIRTABLE && (field.isComputed() || !changed);
    return (serves || comes) && ofTarget(mapped, field).isEmpty();
  }

  /** The same in a sentence about the field and its column, which it ends. */
  String reason(FieldMapping mapped, Field field) {
    String ofType = field.objection(mapped);
    return ofType.isEmpty()
        ? ": " + ofTarget(mapped, field)
        : ", of the type " + field.described() + ": " + ofType;
  }

  private String ofTarget(FieldMapping mapped, Field field) {
    String linked = field.linkedTable();
    return linked.isEmpty()
        ? ""
        : target(mapped.conversion().to())
            .filter(target -> !target.equals(linked))
            .map(target -> elsewhere(linked, mapped))
            .orElse("");
  }

  private String elsewhere(String linked, FieldMapping mapped) {
    TableSchema table = Metadata.find(tables, linked, linked);
    return "it links to \""
        + (table == null ? linked : table.name())
        + "\", the mapping says to: "
        + mapped.conversion().to();
  }

  /** The id of the table of a mapping; empty when the base does not show it. */
  private Optional<String> target(@Nullable String mapping) {
    return mappings
        .named(mapping)
        .map(to -> Metadata.find(tables, to.table(), keptIds.path(to.table()).textValue()))
        .map(TableSchema::id);
  }
}
