package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run changed of a record, as it is shown. Pure.
 *
 * @param what in words
 */
record ChangeView(ChangeRow row, RowTitle title, String what, List<FieldChange> fields) {

  /**
   * One field of it.
   *
   * @param field Airtable's name of it
   * @param column the column, where it is another name
   */
  record FieldChange(String field, String column, Value from, Value to, List<TextDiff.Part> parts) {

    /** Whether the difference is to be seen inside the text. */
    public boolean isDiff() {
      return !parts.isEmpty();
    }
  }

  static ChangeView of(
      ChangeRow row, @Nullable Mapping mapping, @Nullable RowTitle title, LinkNames names) {
    List<FieldChange> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> change : row.changes().properties()) {
      fields.add(
          field(mapping, change.getKey(), change.getValue(), row.client().toString(), names));
    }
    return new ChangeView(
        row,
        Objects.requireNonNullElseGet(
            title, () -> RowTitle.of(row.recordId(), row.client().toString())),
        what(row.kind()),
        fields);
  }

  static String what(String kind) {
    return switch (kind) {
      case "new" -> "New here";
      case "push" -> "Sent to Airtable";
      case "gone" -> "Gone from Airtable: inactive here";
      default -> "Changed here";
    };
  }

  private static FieldChange field(
      @Nullable Mapping mapping, String column, JsonNode change, String client, LinkNames names) {
    FieldMapping field = Fields.of(mapping, column);
    Value from = Value.of(field, names.in(field, client, change.path("from")));
    Value to = Value.of(field, names.in(field, client, change.path("to")));
    return new FieldChange(Fields.name(field, column), column, from, to, parts(change));
  }

  // Only of texts; of an empty one the other says it all.
  private static List<TextDiff.Part> parts(JsonNode change) {
    String from = change.path("from").asText("");
    String to = change.path("to").asText("");
    boolean texts = change.path("from").isTextual() && change.path("to").isTextual();
    boolean worth = from.indexOf('\n') >= 0 || to.indexOf('\n') >= 0 || from.length() > 40;
    return texts && worth && !from.isEmpty() && !to.isEmpty() ? TextDiff.of(from, to) : List.of();
  }
}
