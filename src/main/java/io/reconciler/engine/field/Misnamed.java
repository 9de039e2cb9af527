package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.airtable.FilterFields;
import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a mapping names and Airtable has never had: a mistake in its file, while a table or field
 * that was there and is gone is no mistake of anybody's. Pure.
 */
public final class Misnamed {

  private Misnamed() {}

  /** A text for each wrong name, with its place, what may be meant and what to do. */
  public static List<String> problems(JsonNode metadata, Mapping mapping, KnownFields known) {
    List<TableSchema> tables = TableSchema.read(metadata).orElse(List.of());
    if (tables.isEmpty()) {
      return List.of();
    }
    Optional<TableSchema> table =
        tables.stream()
            .filter(t -> t.id().equals(mapping.table()) || t.name().equals(mapping.table()))
            .findFirst();
    if (table.isEmpty()) {
      return known.isTableUnseen() ? List.of(noTable(mapping, names(tables))) : List.of();
    }
    return known.isTableUnseen() || !known.unseen().isEmpty()
        ? problems(table.get(), mapping, known.unseen())
        : List.of();
  }

  /** What to say of a table that a base with these does not have. */
  public static String noTable(Mapping mapping, List<String> names) {
    String place = mapping.places().of("table");
    return place
        + "the base has no table \""
        + mapping.table()
        + "\""
        + Nearest.meant(mapping.table(), names)
        + (place.isEmpty()
            ? ": set AIRTABLE_TABLE, or write mappings for the tables it has with reconciler init"
            : ": correct \"table\" in the mapping");
  }

  /** What to say of a modification time that a table with these other fields does not have. */
  public static String noModifiedField(Mapping mapping, List<String> names) {
    String place = mapping.places().of("last_modified_field");
    return place
        + "the table has no field \""
        + mapping.lastModifiedField()
        + "\""
        + Nearest.meant(mapping.lastModifiedField(), names)
        + ": add one of the type \"Last modified time\", or "
        + (place.isEmpty()
            ? "set AIRTABLE_LAST_MODIFIED_FIELD"
            : "correct \"last_modified_field\" in the mapping");
  }

  /** That the field of the modification time tells the day alone. */
  public static String modifiedDay(Mapping mapping) {
    return mapping.places().of("last_modified_field")
        + "the field \""
        + mapping.lastModifiedField()
        + "\" has no time of day, so a run can't tell what was modified since the last: include the"
        + " time in its settings, then run `reconciler sync --full` once";
  }

  private static List<String> names(List<TableSchema> tables) {
    return tables.stream().map(TableSchema::name).toList();
  }

  private static List<String> problems(TableSchema table, Mapping mapping, Set<String> unseen) {
    Set<String> mapped =
        Set.copyOf(
            mapping.airtableFields().stream()
                .map(field -> Objects.requireNonNull(field.airtableField()))
                .toList());
    List<String> free =
        table.fields().stream()
            .filter(field -> !mapped.contains(field.name()) && !mapped.contains(field.id()))
            .map(TableSchema.Field::name)
            .toList();
    List<String> problems = new ArrayList<>();
    if (unseen.contains(KnownFields.MODIFIED)
        && table.field(mapping.lastModifiedField()).isEmpty()) {
      problems.add(noModifiedField(mapping, free));
    }
    problems.addAll(FilterFields.problems(mapping, table));
    for (FieldMapping field : mapping.airtableFields()) {
      String name = Objects.requireNonNull(field.airtableField());
      if (unseen.contains(field.column()) && table.field(name).isEmpty()) {
        problems.add(
            "%sthe table \"%s\" has no field \"%s\"%s: correct \"airtable_field\" of the column %s, or take it out of the mapping"
                .formatted(
                    mapping.places().ofField(field.column(), "airtable_field"),
                    table.name(),
                    name,
                    Nearest.hint(name, free),
                    field.column()));
      }
    }
    return problems;
  }
}
