package io.reconciler.engine.field;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The names and ids under which a mapping knows its table and fields in Airtable.
 *
 * @param mapping the mapping
 */
public record MappedReferences(Mapping mapping) {

  /** Each mapped field by its column, the modification time too if there is one. */
  Map<String, String> byColumn() {
    Map<String, String> references = new LinkedHashMap<>();
    mapping
        .airtableFields()
        .forEach(f -> references.put(f.column(), Objects.requireNonNull(f.airtableField())));
    if (mapping.hasModifiedField()) {
      references.put(KnownFields.MODIFIED, mapping.lastModifiedField());
    }
    return references;
  }

  /** Whether the mapping says that Airtable computes the field of this column. */
  boolean isComputed(String column) {
    return mapping.fields().stream()
        .filter(field -> field.column().equals(column))
        .anyMatch(FieldMapping::computed);
  }

  /** The ids among them, as the mapping writes them. */
  public List<String> ids() {
    return Stream.concat(
            Stream.of(mapping.table(), mapping.lastModifiedField()),
            mapping.airtableFields().stream()
                .map(FieldMapping::airtableField)
                .flatMap(Stream::ofNullable))
        .filter(Metadata::isId)
        .toList();
  }
}
