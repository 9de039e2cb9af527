package io.reconciler.side.airtable;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.AirtableTypes;
import io.reconciler.side.mapping.FieldMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table as Airtable's metadata describes it.
 *
 * @param primary the id of its primary field; empty when the answer does not say
 */
public record TableSchema(String id, String name, String primary, List<Field> fields) {

  /** The tables of an answer; empty when it has no list of them. */
  public static Optional<List<TableSchema>> read(JsonNode body) {
    JsonNode list = body.path("tables");
    if (!list.isArray()) {
      return Optional.empty();
    }
    List<TableSchema> tables = new ArrayList<>();
    for (JsonNode table : list) {
      List<Field> fields = new ArrayList<>();
      for (JsonNode field : table.path("fields")) {
        fields.add(
            new Field(
                field.path("id").asText(),
                field.path("name").asText(),
                field.path("type").asText(),
                field.path("options")));
      }
      tables.add(
          new TableSchema(
              table.path("id").asText(),
              table.path("name").asText(),
              table.path("primaryFieldId").asText(),
              fields));
    }
    return Optional.of(tables);
  }

  /** The field of that id or name. */
  public Optional<Field> field(String fieldName) {
    return fields.stream()
        .filter(field -> field.id().equals(fieldName))
        .findFirst()
        .or(() -> fields.stream().filter(field -> field.name().equals(fieldName)).findFirst());
  }

  /**
   * A field.
   *
   * @param options what its type adds: choices, precision, result; missing for most types
   */
  public record Field(String id, String name, String type, JsonNode options) {

    private static final Set<String> WITH_RESULT =
        Set.of("formula", "rollup", "multipleLookupValues", "createdTime", "lastModifiedTime");

    /** The type of its values: of a formula, that of its result. */
    public String valueType() {
      String result = options.path("result").path("type").asText();
      return WITH_RESULT.contains(type) && !result.isEmpty() ? result : type;
    }

    public boolean isComputed() {
      return AirtableTypes.computed(type);
    }

    /** Whether Airtable says that its formula is broken. */
    public boolean isBroken() {
      return options.path("isValid").isBoolean() && !options.path("isValid").booleanValue();
    }

    /** Whether its values are texts of any kind. */
    public boolean isText() {
      return FieldTypes.isText(valueType());
    }

    /** Why its type does not serve a column; empty when it does, or is not known here. */
    public String objection(FieldMapping mapped) {
      return FieldTypes.objection(mapped, this);
    }

    /** The id of the table that its links point at; empty when it has none, or it is not told. */
    public String linkedTable() {
      return options.path("linkedTableId").asText("");
    }

    /** The names of a select's options. */
    public List<String> choices() {
      List<String> names = new ArrayList<>();
      options.path("choices").forEach(choice -> names.add(choice.path("name").asText()));
      return names;
    }

    /** The type for people. */
    public String described() {
      return valueType().equals(type) ? type : type + " (" + valueType() + ")";
    }
  }
}
