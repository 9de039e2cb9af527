package io.reconciler.engine.pull;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The Airtable fields to ask for. */
public final class ListedFields {

  private ListedFields() {}

  /** Every mapped field that is not left out, and the modification time. */
  public static List<String> all(Mapping mapping, Set<String> leftOut) {
    return with(mapping, mapping.airtableFields(), leftOut);
  }

  /** The portal's fields that are not left out, and the modification time. */
  public static List<String> portal(Mapping mapping, Set<String> leftOut) {
    return with(mapping, mapping.portalFields(), leftOut);
  }

  private static List<String> with(
      Mapping mapping, List<FieldMapping> fields, Set<String> leftOut) {
    return Stream.concat(
            fields.stream()
                .filter(field -> !leftOut.contains(field.column()))
                .map(field -> Objects.requireNonNull(field.airtableField())),
            Stream.of(mapping.lastModifiedField()).filter(name -> !name.isEmpty()))
        .distinct()
        .toList();
  }
}
