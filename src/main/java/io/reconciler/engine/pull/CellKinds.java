package io.reconciler.engine.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.reconciler.engine.field.KnownFields;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of JSON that cells have by their field's type: one of another kind tells that the type
 * was changed. Of what Airtable computes they say nothing. Pure.
 */
final class CellKinds {

  private static final Map<JsonNodeType, List<String>> TYPES =
      Map.of(
          JsonNodeType.STRING,
          List.of(
              "singleLineText",
              "multilineText",
              "richText",
              "email",
              "url",
              "phoneNumber",
              "singleSelect",
              "date",
              "dateTime"),
          JsonNodeType.NUMBER,
          List.of("number", "percent", "currency", "rating", "duration"),
          JsonNodeType.BOOLEAN,
          List.of("checkbox"),
          JsonNodeType.ARRAY,
          List.of(
              "multipleSelects",
              "multipleRecordLinks",
              "multipleAttachments",
              "multipleCollaborators"),
          JsonNodeType.OBJECT,
          List.of("singleCollaborator", "barcode"));
  private static final Map<String, JsonNodeType> KINDS = kinds();

  private CellKinds() {}

  /** Whether a cell of these records is of another kind than its field's type, as far as known. */
  static boolean isOther(List<AirtableRecord> records, Mapping mapping, KnownFields fields) {
    return mapping.airtableFields().stream().anyMatch(field -> isOther(records, field, fields));
  }

  private static boolean isOther(
      List<AirtableRecord> records, FieldMapping field, KnownFields fields) {
    JsonNodeType kind = KINDS.get(fields.field(field.column()).type());
    String reference = Objects.requireNonNull(field.airtableField());
    return kind != null && records.stream().anyMatch(r -> isOther(r.cell(reference), kind));
  }

  private static boolean isOther(@Nullable JsonNode cell, JsonNodeType kind) {
    return cell != null && !cell.isNull() && cell.getNodeType() != kind;
  }

  private static Map<String, JsonNodeType> kinds() {
    Map<String, JsonNodeType> kinds = new HashMap<>();
    TYPES.forEach((kind, types) -> types.forEach(type -> kinds.put(type, kind)));
    return kinds;
  }
}
