package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A table as a base's metadata shows it. Pure. */
record Metadata(String id, String name, List<Field> fields) {

  private static final Pattern ID = Pattern.compile("(tbl|fld)[A-Za-z0-9]{14}");

  record Field(String id, String name, String type, List<String> choices) {}

  /** Whether the text has the form of a table's or field's id. */
  static boolean isId(String reference) {
    return ID.matcher(reference).matches();
  }

  /** The table of this kept id, else of this id or name; null when there is none. */
  static @Nullable Metadata of(JsonNode schema, String reference, @Nullable String keptId) {
    JsonNode table = find(schema.path("tables"), reference, keptId);
    if (table == null) {
      return null;
    }
    List<Field> fields = new ArrayList<>();
    for (JsonNode field : table.path("fields")) {
      fields.add(
          new Field(
              field.path("id").asText(),
              field.path("name").asText(),
              field.path("type").asText(),
              names(field.at("/options/choices"))));
    }
    return new Metadata(table.path("id").asText(), table.path("name").asText(), fields);
  }

  private static List<String> names(JsonNode choices) {
    List<String> names = new ArrayList<>();
    choices.forEach(choice -> names.add(choice.path("name").asText()));
    return names;
  }

  /** The field of this kept id, else of this id or name: a renamed field stays the same. */
  Optional<Field> field(String reference, @Nullable String keptId) {
    return first(field -> field.id().equals(keptId))
        .or(() -> first(field -> field.id().equals(reference)))
        .or(() -> first(field -> field.name().equals(reference)));
  }

  /** The names of the fields that have none of these ids. */
  List<String> namesWithout(Set<String> ids) {
    return fields.stream().filter(field -> !ids.contains(field.id())).map(Field::name).toList();
  }

  private Optional<Field> first(Predicate<Field> which) {
    return fields.stream().filter(which).findFirst();
  }

  private static @Nullable JsonNode find(
      JsonNode tables, String reference, @Nullable String keptId) {
    JsonNode byId = null;
    JsonNode byName = null;
    for (JsonNode table : tables) {
      String id = table.path("id").asText();
      if (id.equals(keptId)) {
        return table;
      }
      byId = id.equals(reference) ? table : byId;
      byName = table.path("name").asText().equals(reference) ? table : byName;
    }
    return byId == null ? byName : byId;
  }
}
