package io.reconciler.pull;

import io.reconciler.mapping.FieldMapping;
import io.reconciler.mapping.Mapping;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The Airtable fields to ask for. */
public final class ListedFields {

  private ListedFields() {}

  /** Every mapped field and the modification time. */
  public static List<String> all(Mapping mapping) {
    return with(mapping, mapping.airtableFields());
  }

  /** The portal's fields and the modification time. */
  public static List<String> portal(Mapping mapping) {
    return with(mapping, mapping.portalFields());
  }

  private static List<String> with(Mapping mapping, List<FieldMapping> fields) {
    return Stream.concat(
            fields.stream().map(field -> Objects.requireNonNull(field.airtableField())),
            Stream.of(mapping.lastModifiedField()))
        .distinct()
        .toList();
  }
}
