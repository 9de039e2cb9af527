package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;

/**
 * The columns of a table that take the labels of an enum, or lists of them, as the catalog has them
 * at the moment: a mapping may call them texts.
 *
 * @param byColumn the name of the enum with its schema, whether it is a list, and the labels
 */
public record EnumColumns(JsonNode byColumn) {

  /** The mapping with these types where it has texts, so that texts are cast to them. */
  public Mapping fit(Mapping declared) {
    return byColumn.isEmpty() ? declared : declared.withFields(this::fit);
  }

  private FieldMapping fit(FieldMapping field) {
    JsonNode column = byColumn.path(field.column());
    return field
        .type()
        .labelled(column.path("type").asText(), column.path("list").asBoolean())
        .filter(type -> column.isObject())
        .map(field::withType)
        .orElse(field);
  }
}
