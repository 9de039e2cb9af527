package io.reconciler.program.init;

import io.reconciler.program.init.ExistingTables.Column;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PgType.Base;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What there is to know of a table before it is synced. Pure. */
final class TableRemarks {

  private TableRemarks() {}

  /** Of a table in a database in which these names are taken. */
  static List<String> of(Frame frame, Mapping mapping, Set<String> taken) {
    List<String> remarks = new ArrayList<>();
    String usual = PlainNames.plain(frame.source().name());
    if (frame.isNew() && !frame.name().equals(usual) && taken.contains(usual)) {
      remarks.add(
          "The name %s is taken in PostgreSQL by a view or another thing that can't be mapped: a new table is planned beside it."
              .formatted(usual));
    }
    if (frame.lastModified() == null) {
      remarks.add(
          "The table has no field of type lastModifiedTime for all fields with the time, so"
              + " conflicts can't be decided by the newest edit.");
    }
    unfed(frame, mapping).ifPresent(remarks::add);
    if (frame.existing() != null) {
      missingValues(frame, mapping).forEach(remarks::add);
      withoutZone(frame, mapping).ifPresent(remarks::add);
    }
    return remarks;
  }

  /** Columns that the portal knows and that this base has nothing for. */
  private static Optional<String> unfed(Frame frame, Mapping mapping) {
    if (frame.hints() == null) {
      return Optional.empty();
    }
    List<String> columns =
        frame.hints().airtableFields().stream()
            .map(FieldMapping::column)
            .filter(column -> mapping.fields().stream().noneMatch(f -> f.column().equals(column)))
            .toList();
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Columns that no field of the base feeds: " + String.join(", ", columns) + ".");
  }

  /** A time that needs its zone; the column is the portal's, so nobody but a person changes it. */
  private static Optional<String> withoutZone(Frame frame, Mapping mapping) {
    return Optional.ofNullable(mapping.postgres().updatedAt())
        .flatMap(Objects.requireNonNull(frame.existing())::column)
        .filter(column -> column.described().endsWith("without time zone"))
        .map(
            column ->
                "The column %s is %s and must be timestamptz before the first run: `reconciler check` gives the statement, which takes what it holds for UTC."
                    .formatted(column.name(), column.described()));
  }

  private static Stream<String> missingValues(Frame frame, Mapping mapping) {
    List<String> given = new ArrayList<>(mapping.postgres().ownColumns());
    mapping.fields().forEach(field -> given.add(field.column()));
    // The reconciler makes up a key only where that is a UUID.
    if (frame.keyType().base() != Base.UUID) {
      given.remove(mapping.postgres().key());
    }
    return Objects.requireNonNull(frame.existing()).columns().stream()
        .filter(column -> column.notNull() && !column.filled() && !given.contains(column.name()))
        .filter(c -> !c.name().equals(mapping.postgres().key()) || !TableDdl.isCounted(c))
        .map(Column::name)
        .map(
            name ->
                "The column %s must have a value and no field gives one: no new row can be made until it has a default."
                    .formatted(name));
  }
}
