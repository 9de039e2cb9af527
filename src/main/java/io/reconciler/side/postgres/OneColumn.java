package io.reconciler.side.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Reads the rows of statements that return one column. */
public final class OneColumn {

  // Numbers keep their exact decimal value.
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

  private OneColumn() {}

  public static List<String> texts(List<Map<String, Object>> rows) {
    return rows.stream().flatMap(row -> row.values().stream()).map(String::valueOf).toList();
  }

  public static List<JsonNode> json(List<Map<String, Object>> rows) {
    return texts(rows).stream().map(OneColumn::parse).toList();
  }

  /**
   * One JSON text as the database wrote it.
   *
   * @throws IllegalStateException when it is none
   */
  public static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL returned no JSON", e);
    }
  }

  /** The texts of an array's elements; none of what is no array. */
  public static List<String> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** These, as a JSON array of their texts, to be bound as one value. */
  public static String array(List<?> values) {
    ArrayNode array = JSON.createArrayNode();
    values.forEach(value -> array.add(value.toString()));
    return array.toString();
  }
}
