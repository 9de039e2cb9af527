package io.reconciler.engine.check;

import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.Mapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Says whether the field with the modification time tells of every edit, and to the second. Pure.
 */
final class LastModifiedRules {

  private static final String TYPE = "lastModifiedTime";
  private static final String FORMULA = "formula";
  private static final Set<String> WITH_TIMES = Set.of(TYPE, FORMULA);

  private final Mapping mapping;
  private final String reference;

  /** With the id or name that runs go by. */
  LastModifiedRules(Mapping mapping, String reference) {
    this.mapping = mapping;
    this.reference = reference;
  }

  List<CheckLine> check(TableSchema table) {
    return table
        .field(reference)
        .or(() -> table.field(mapping.lastModifiedField()))
        .map(field -> check(field, table))
        .orElseGet(() -> List.of(missing(table)));
  }

  private CheckLine missing(TableSchema table) {
    List<String> others =
        table.fields().stream().filter(f -> f.type().equals(TYPE)).map(Field::name).toList();
    String place = mapping.places().of("last_modified_field");
    return CheckLine.failed(
        FieldRules.AREA,
        place
            + "no field "
            + Names.quoted(mapping.lastModifiedField())
            + (others.isEmpty() ? "" : "; of type " + TYPE + ": " + Names.quoted(others)),
        others.isEmpty()
            ? "add a field of type " + TYPE + " with that name, for all fields, with the time"
            : place.isEmpty()
                ? "set AIRTABLE_LAST_MODIFIED_FIELD to the field's name"
                : "correct \"last_modified_field\" in the mapping");
  }

  private List<CheckLine> check(Field field, TableSchema table) {
    String objection = objection(field);
    if (!objection.isEmpty()) {
      return List.of(failed(field.name() + ": " + objection));
    }
    List<CheckLine> lines = new ArrayList<>();
    lines.add(
        field.type().equals(FORMULA)
            ? CheckLine.warning(
                FieldRules.AREA,
                field.name()
                    + ": a formula; only LAST_MODIFIED_TIME() of all fields tells of every edit",
                "use a field of type " + TYPE)
            : CheckLine.ok(FieldRules.AREA, field.name() + ": " + field.described()));
    unwatched(field, table).ifPresent(lines::add);
    return lines;
  }

  /** Why it will not do; empty when it will. */
  private static String objection(Field field) {
    if (!WITH_TIMES.contains(field.type())) {
      return field.described() + " does not tell when a record was modified";
    }
    if (field.isBroken()) {
      return "Airtable calls it not valid";
    }
    // A missing result type is taken for a time: nothing says otherwise.
    return field.valueType().equals("dateTime") || field.valueType().equals(field.type())
        ? ""
        : field.described()
            + " has no time of day, so a run can't tell what was modified since the last";
  }

  private CheckLine failed(String text) {
    String place = mapping.places().of("last_modified_field");
    return CheckLine.failed(
        FieldRules.AREA,
        place + text,
        "make it a "
            + TYPE
            + " for all fields, with the time included, or name another field in "
            + (place.isEmpty() ? "AIRTABLE_LAST_MODIFIED_FIELD" : "the mapping"));
  }

  /** An edit of a field that is not watched is not pulled before the next full sweep. */
  private Optional<CheckLine> unwatched(Field field, TableSchema table) {
    Set<String> watched = new HashSet<>();
    field.options().path("referencedFieldIds").forEach(id -> watched.add(id.asText()));
    if (watched.isEmpty() || !field.type().equals(TYPE)) {
      return Optional.empty();
    }
    List<String> missed =
        mapping.airtableFields().stream()
            .map(mapped -> table.field(Objects.requireNonNull(mapped.airtableField())))
            .flatMap(Optional::stream)
            .filter(f -> !f.isComputed() && !watched.contains(f.id()))
            .map(Field::name)
            .toList();
    CheckLine line =
        CheckLine.warning(
            FieldRules.AREA,
            field.name() + ": it does not watch " + Names.quoted(missed),
            "let it watch all editable fields: an edit it does not see waits for sync --full");
    return missed.isEmpty() ? Optional.empty() : Optional.of(line);
  }
}
