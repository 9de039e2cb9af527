package io.reconciler.side.mapping;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The declared fields of one table.
 *
 * @param name what results, ledgers and commands call the table
 * @param table the Airtable table's name or id
 * @param lastModifiedField the Airtable field with the record's modification time; empty when the
 *     table has none
 * @param base the one base that the table belongs to; null when its rows name their client
 * @param filter Airtable's formula of the records that take part; null for all
 * @param postgres the table in PostgreSQL
 * @param fields every mapped field, in the file's order
 * @param groups the field groups of the portal-owned fields
 * @param places where the names stand, for messages
 */
public record Mapping(
    String name,
    String table,
    String lastModifiedField,
    @Nullable String base,
    @Nullable String filter,
    PostgresTable postgres,
    List<FieldMapping> fields,
    List<FieldGroup> groups,
    Places places) {

  /** The name of the mapping that comes with the program, and of a file without one of its own. */
  public static final String LEADS = "leads";

  /** Keeps its own unmodifiable copies. */
  public Mapping {
    fields = List.copyOf(fields);
    groups = List.copyOf(groups);
  }

  /** One that no file says anything of. */
  public Mapping(
      String name,
      String table,
      String lastModifiedField,
      @Nullable String base,
      @Nullable String filter,
      PostgresTable postgres,
      List<FieldMapping> fields,
      List<FieldGroup> groups) {
    this(name, table, lastModifiedField, base, filter, postgres, fields, groups, Places.NONE);
  }

  /** The same fields of an Airtable table of this name, with this modification field. */
  public Mapping in(String airtableTable, String modifiedField) {
    Places tables = airtableTable.equals(table) ? places : places.without("table");
    Places own =
        modifiedField.equals(lastModifiedField) ? tables : tables.without("last_modified_field");
    return new Mapping(
        name, airtableTable, modifiedField, base, filter, postgres, fields, groups, own);
  }

  /** The same, as one that comes with the program: there is no file to correct. */
  public Mapping withoutPlaces() {
    return new Mapping(name, table, lastModifiedField, base, filter, postgres, fields, groups);
  }

  /**
   * The same with other fields in the places of these; their columns, owners and groups are equal.
   */
  public Mapping withFields(UnaryOperator<FieldMapping> change) {
    return new Mapping(
        name,
        table,
        lastModifiedField,
        base,
        filter,
        postgres,
        fields.stream().map(change).toList(),
        groups.stream().map(group -> group.withFields(change)).toList(),
        places);
  }

  /** The columns of its table that the engine reads and writes: its own, and the mapped ones. */
  public Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>(postgres.ownColumns());
    fields.forEach(field -> columns.add(field.column()));
    return columns;
  }

  /** The fields that have an Airtable field, whoever owns them. */
  public List<FieldMapping> airtableFields() {
    return fields.stream().filter(field -> field.airtableField() != null).toList();
  }

  /** The fields the portal owns. */
  public List<FieldMapping> portalFields() {
    return fields.stream().filter(field -> field.owner() == Owner.PORTAL).toList();
  }

  /** Whether a column holds keys of another mapping's rows. */
  public boolean hasLinks() {
    return fields.stream().anyMatch(FieldMapping::isLinked);
  }

  /** Whether Airtable has a field with the record's modification time. */
  public boolean hasModifiedField() {
    return !lastModifiedField.isEmpty();
  }

  /** The engine's field, true while the record exists in Airtable, where the table has one. */
  public Optional<FieldMapping> existence() {
    return fields.stream().filter(field -> field.owner() == Owner.ENGINE).findFirst();
  }

  /**
   * The one field of the engine: true while the record exists in Airtable.
   *
   * @throws java.util.NoSuchElementException if the table has none
   */
  public FieldMapping engineField() {
    return existence().orElseThrow();
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
