package io.reconciler.side.postgres.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.SqlFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The enums of a database with their labels in order, as the catalog has them at one moment.
 *
 * @param labels by name, with the schema and, on the search path, without it
 */
record Enums(Map<String, List<String>> labels) {

  private static final String READ = SqlFile.read("enum-labels");

  static Enums read(JdbcClient jdbc) {
    Map<String, List<String>> labels = new LinkedHashMap<>();
    jdbc.sql(READ)
        .query(Row.class)
        .list()
        .forEach(
            row -> {
              if (row.visible()) {
                labels.putIfAbsent(row.name(), texts(row.labels()));
              }
              labels.put(row.schema() + "." + row.name(), texts(row.labels()));
            });
    return new Enums(labels);
  }

  private static List<String> texts(String json) {
    List<String> texts = new ArrayList<>();
    for (JsonNode label : OneColumn.parse(json)) {
      texts.add(label.asText());
    }
    return texts;
  }

  /** Whether the column holds the labels of an enum that is not there. */
  boolean lacks(PgType type) {
    return type.isLabelled() && !labels.containsKey(type.name());
  }

  /** What the column can hold; empty for every other type than an enum. */
  List<String> of(FieldMapping field) {
    return labels.getOrDefault(field.type().name(), List.of());
  }

  /** A row of the question. */
  record Row(String schema, String name, boolean visible, String labels) {}
}
