package io.reconciler.engine.pull;

import io.reconciler.engine.run.RunTable;
import io.reconciler.side.mapping.FieldMapping;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The Airtable fields to ask for. */
public final class ListedFields {

  private ListedFields() {}

  /** Every mapped field that is not left out, and the modification time. */
  public static List<String> all(RunTable table) {
    return of(table, table.mapping().airtableFields());
  }

  /** The portal's fields that are not left out, and the modification time. */
  public static List<String> portal(RunTable table) {
    return of(table, table.mapping().portalFields());
  }

  private static List<String> of(RunTable table, List<FieldMapping> fields) {
    return Stream.concat(
            fields.stream()
                .filter(field -> !table.leftOut().contains(field.column()))
                .map(field -> Objects.requireNonNull(field.airtableField())),
            Stream.of(table.mapping().lastModifiedField()).filter(name -> !name.isEmpty()))
        .distinct()
        .toList();
  }
}
