package io.reconciler.mapping;

import java.util.List;

/**
 * The declared table of fields.
 *
 * @param table the Airtable table's name
 * @param lastModifiedField the Airtable field with the record's modification time
 * @param fields every mapped field, in the file's order
 * @param groups the field groups of the portal-owned fields
 */
public record Mapping(
    String table, String lastModifiedField, List<FieldMapping> fields, List<FieldGroup> groups) {

  /** Keeps its own unmodifiable copies. */
  public Mapping {
    fields = List.copyOf(fields);
    groups = List.copyOf(groups);
  }

  /** The fields that have an Airtable field, whoever owns them. */
  public List<FieldMapping> airtableFields() {
    return fields.stream().filter(field -> field.airtableField() != null).toList();
  }

  /** The fields the portal owns. */
  public List<FieldMapping> portalFields() {
    return fields.stream().filter(field -> field.owner() == Owner.PORTAL).toList();
  }

  /** The one field of the engine: true while the record exists in Airtable. */
  public FieldMapping engineField() {
    return fields.stream().filter(field -> field.owner() == Owner.ENGINE).findFirst().orElseThrow();
  }

  /**
   * The field of that column.
   *
   * @throws IllegalArgumentException if the column is not mapped
   */
  public FieldMapping column(String column) {
    return fields.stream()
        .filter(field -> field.column().equals(column))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("column " + column + " is not mapped"));
  }
}
