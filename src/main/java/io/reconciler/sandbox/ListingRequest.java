package io.reconciler.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.sandbox.table.ErrorReply;
import io.reconciler.sandbox.table.Json;
import io.reconciler.sandbox.table.RowView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a listing asks for; texts are empty when not given.
 *
 * @param formula the filter
 * @param fields names or ids; empty for all
 * @param sort the keys, most important first
 * @param pageSize 1 to 100
 * @param maxRecords the most records over all pages
 * @param offset where to go on
 * @param view a view's name or id
 * @param form how records are written
 */
record ListingRequest(
    String formula,
    List<String> fields,
    List<Key> sort,
    int pageSize,
    int maxRecords,
    String offset,
    String view,
    RowView.Form form) {

  private static final int LARGEST_PAGE = 100;
  private static final Pattern SORT = Pattern.compile("sort\\[(\\d+)]\\[(field|direction)]");
  private static final Pattern FIELDS = Pattern.compile("fields(\\[\\d*])?");

  record Key(String field, boolean descending) {}

  /** Reads a query string; throws the API's error. */
  static ListingRequest of(Map<String, List<String>> query) {
    ObjectNode body = Json.object();
    Map<Integer, ObjectNode> sort = new TreeMap<>();
    query.forEach(
        (name, values) -> {
          Matcher key = SORT.matcher(name);
          if (key.matches()) {
            sort.computeIfAbsent(Integer.valueOf(key.group(1)), ignored -> Json.object())
                .put(key.group(2), values.get(0));
          } else if (FIELDS.matcher(name).matches()) {
            values.forEach(body.withArray("fields")::add);
          } else {
            body.put(name, values.get(0));
          }
        });
    sort.values().forEach(body.withArray("sort")::add);
    return of(body);
  }

  /** Reads the body of a POST; throws the API's error. */
  static ListingRequest of(JsonNode body) {
    int limit = number(body, "limit", LARGEST_PAGE, LARGEST_PAGE);
    return new ListingRequest(
        body.path("filterByFormula").asText(),
        texts(body.path("fields")),
        keys(body.path("sort")),
        number(body, "pageSize", limit, LARGEST_PAGE),
        number(body, "maxRecords", Integer.MAX_VALUE, Integer.MAX_VALUE),
        body.path("offset").asText(""),
        body.path("view").asText(""),
        form(body));
  }

  /** Reads how records are to be written; throws the API's error. */
  static RowView.Form form(JsonNode body) {
    boolean asText = body.path("cellFormat").asText().equals("string");
    return new RowView.Form(body.path("returnFieldsByFieldId").asBoolean(), asText);
  }

  /** UNCONFIRMED which status a page of more than 100 gets: 422. */
  private static int number(JsonNode body, String name, int usual, int most) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.asText().isEmpty()) {
      return usual;
    }
    int number = value.asInt(-1);
    if (number < 1 || number > most) {
      throw ErrorReply.invalidRequest();
    }
    return number;
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.textValue());
    }
    node.forEach(entry -> texts.add(entry.asText()));
    return texts;
  }

  private static List<Key> keys(JsonNode node) {
    List<Key> keys = new ArrayList<>();
    for (JsonNode entry : node) {
      String direction = entry.path("direction").asText("asc");
      if (!entry.path("field").isTextual() || !List.of("asc", "desc").contains(direction)) {
        throw ErrorReply.invalidRequest();
      }
      keys.add(new Key(entry.path("field").asText(), direction.equals("desc")));
    }
    return keys;
  }
}
