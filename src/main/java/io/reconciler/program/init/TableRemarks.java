package io.reconciler.program.init;

import io.reconciler.program.init.ExistingTables.Column;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PgType.Base;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What there is to know of a table before it is synced. Pure. */
final class TableRemarks {

  private TableRemarks() {}

  static List<String> of(Frame frame, Mapping mapping) {
    List<String> remarks = new ArrayList<>();
    if (frame.lastModified() == null) {
      remarks.add(
          "The table has no field of type lastModifiedTime for all fields with the time, so"
              + " conflicts can't be decided by the newest edit.");
    }
    unfed(frame, mapping).ifPresent(remarks::add);
    if (frame.existing() != null) {
      missingValues(frame, mapping).forEach(remarks::add);
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

  private static Stream<String> missingValues(Frame frame, Mapping mapping) {
    List<String> given = new ArrayList<>(mapping.postgres().ownColumns());
    mapping.fields().forEach(field -> given.add(field.column()));
    // The reconciler makes up a key only where that is a UUID.
    if (frame.keyType().base() != Base.UUID) {
      given.remove(mapping.postgres().key());
    }
    return Objects.requireNonNull(frame.existing()).columns().stream()
        .filter(column -> column.notNull() && !column.filled() && !given.contains(column.name()))
        .map(Column::name)
        .map(
            name ->
                "The column %s must have a value and no field gives one: no new row can be made until it has a default."
                    .formatted(name));
  }
}
