package io.reconciler.engine.check;

import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.AirtableTypes;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.text.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Holds a base's tables, as Airtable's metadata describes them, against the mapping. Pure. */
final class TableRules {

  static final String AREA = "table";

  /** So many other fields are still of help to somebody who looks for a renamed one. */
  private static final int MOST_SUGGESTIONS = 3;

  private final Mapping mapping;
  private final Set<String> mappedNames;
  private final UnaryOperator<String> ids;
  private final BiFunction<FieldMapping, Field, String> objections;

  TableRules(Mapping mapping) {
    this(mapping, reference -> reference, (mapped, field) -> field.objection(mapped));
  }

  /** With the ids that runs go by, where they know any, and what they have against a field. */
  TableRules(
      Mapping mapping,
      UnaryOperator<String> ids,
      BiFunction<FieldMapping, Field, String> objections) {
    this.mapping = mapping;
    this.ids = ids;
    this.objections = objections;
    this.mappedNames = new HashSet<>(names(mapping));
  }

  /** The names of all fields that a run reads. */
  static List<String> names(Mapping mapping) {
    List<String> names = new ArrayList<>();
    mapping.airtableFields().forEach(f -> names.add(Objects.requireNonNull(f.airtableField())));
    if (mapping.hasModifiedField()) {
      names.add(mapping.lastModifiedField());
    }
    return names;
  }

  /** The mapping's table, by name or id. */
  Optional<TableSchema> find(List<TableSchema> tables) {
    return tables.stream()
        .filter(t -> t.id().equals(ids.apply(mapping.table())))
        .findFirst()
        .or(() -> tables.stream().filter(t -> t.name().equals(mapping.table())).findFirst());
  }

  /** The names of the fields a run reads, as far as they are there. */
  List<String> present(TableSchema table) {
    return names(mapping).stream().filter(name -> field(table, name).isPresent()).toList();
  }

  /** The line for a base without the table. */
  CheckLine missing(List<TableSchema> tables) {
    List<String> names = tables.stream().map(TableSchema::name).toList();
    String there = names.isEmpty() ? "it has no tables" : "there is " + Names.quoted(names);
    String place = mapping.places().of("table");
    return CheckLine.failed(
        AREA,
        place
            + "no table "
            + Names.quoted(mapping.table())
            + Nearest.meant(mapping.table(), names)
            + "; "
            + there,
        place.isEmpty()
            ? "set AIRTABLE_TABLE to the table's name, or write mappings for the tables it has with"
                + " reconciler init, or give the table that name in Airtable"
            : "correct \"table\" in the mapping, or give the table that name in Airtable");
  }

  /** A line for each mapped field, and for the last-modified field. */
  List<CheckLine> fields(TableSchema table) {
    List<CheckLine> lines = new ArrayList<>();
    lines.add(CheckLine.ok(AREA, Names.quoted(table.name()) + " (" + table.id() + ") is there"));
    for (FieldMapping mapped : mapping.airtableFields()) {
      lines.add(
          field(table, Objects.requireNonNull(mapped.airtableField()))
              .map(f -> FieldRules.check(mapped, f, objections.apply(mapped, f)))
              .orElseGet(() -> missing(mapped, table)));
    }
    if (mapping.hasModifiedField()) {
      lines.addAll(
          new LastModifiedRules(mapping, ids.apply(mapping.lastModifiedField())).check(table));
    }
    lines.addAll(renamed(table));
    lines.addAll(computed(table));
    return lines;
  }

  /** The field that runs go by, else the one of that name. */
  private Optional<Field> field(TableSchema table, String reference) {
    return table.field(ids.apply(reference)).or(() -> table.field(reference));
  }

  private List<CheckLine> renamed(TableSchema table) {
    List<CheckLine> lines = new ArrayList<>();
    if (!List.of(table.name(), table.id()).contains(mapping.table())) {
      lines.add(renamed(AREA, mapping.table(), table.name(), table.id()));
    }
    for (String name : names(mapping)) {
      field(table, name)
          .filter(field -> !List.of(field.name(), field.id()).contains(name))
          .ifPresent(f -> lines.add(renamed(FieldRules.AREA, name, f.name(), f.id())));
    }
    return lines;
  }

  private static CheckLine renamed(String area, String name, String present, String id) {
    return CheckLine.warning(
        area,
        Names.quoted(name) + " is called " + Names.quoted(present) + " in Airtable now",
        "runs go by its id meanwhile; write the new name, or " + id + ", where the old one stands");
  }

  private List<CheckLine> computed(TableSchema table) {
    List<String> names = new ArrayList<>();
    boolean marked = true;
    for (FieldMapping mapped : mapping.airtableFields()) {
      Optional<Field> field = field(table, Objects.requireNonNull(mapped.airtableField()));
      if (field.isPresent() && AirtableTypes.recalculated(field.get().type())) {
        names.add(field.get().name());
        marked &= mapped.computed();
      }
    }
    if (names.isEmpty()) {
      return List.of();
    }
    String text =
        "Airtable computes "
            + Names.quoted(names)
            + ": a new value is no modification, so it comes with the refresh"
            + " (RECONCILER_REFRESH_SCHEDULE, every 6 hours unless set)";
    return List.of(
        marked
            ? CheckLine.ok("computed", text)
            : CheckLine.warning(
                "computed",
                text,
                "nothing, if that will do: mark them computed: true in the mapping"));
  }

  private CheckLine missing(FieldMapping mapped, TableSchema table) {
    String name = Objects.requireNonNull(mapped.airtableField());
    return CheckLine.failed(
        FieldRules.AREA,
        mapping.places().ofField(mapped.column(), "airtable_field")
            + "no field "
            + Names.quoted(name)
            + suggestions(mapped, name, table),
        "give the field that name in Airtable, or the column "
            + mapped.column()
            + " its new name in the mapping");
  }

  /** A renamed field is one that is not mapped: of a similar name, else of the same type. */
  private String suggestions(FieldMapping mapped, String name, TableSchema table) {
    List<Field> free =
        table.fields().stream().filter(field -> !mappedNames.contains(field.name())).toList();
    List<String> similar =
        free.stream().map(Field::name).filter(other -> Names.alike(name, other)).toList();
    if (!similar.isEmpty()) {
      return "; similar: " + Names.quoted(similar);
    }
    List<String> sameType =
        free.stream()
            .filter(field -> field.type().equals(mapped.airtableType()))
            .map(Field::name)
            .limit(MOST_SUGGESTIONS)
            .toList();
    return sameType.isEmpty() ? "" : "; of its type and not mapped: " + Names.quoted(sameType);
  }
}
