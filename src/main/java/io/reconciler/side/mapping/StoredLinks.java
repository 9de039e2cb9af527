package io.reconciler.side.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.reconciler.decide.Unconvertible;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Links whose keys can't be record ids: their rows have no record yet, or are not there. Pure. */
public final class StoredLinks {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A reason names so many keys. */
  private static final int NAMED = 3;

  private StoredLinks() {}

  /** As a person reads such a link; null of any other value. */
  public static @Nullable String words(JsonNode value) {
    JsonNode link = value.path("raw").isTextual() ? read(value.path("raw").textValue()) : value;
    JsonNode waits = link.path(Unconvertible.WAITS);
    if (waits.isArray()) {
      return "not in Airtable yet: " + keys(waits, link);
    }
    JsonNode rowless = link.path(Unconvertible.ROWLESS);
    return rowless.isArray() ? "without a row: " + keys(rowless, link) : null;
  }

  /** The keys of such a link, as a JSON array. */
  public static String keys(Unconvertible link) {
    JsonNode json = read(link.raw());
    return json.path(
            json.has(Unconvertible.WRITTEN) ? Unconvertible.WRITTEN : Unconvertible.ROWLESS)
        .toString();
  }

  /** Such a link as it was read; null of any other JSON. */
  static @Nullable Unconvertible read(FieldMapping field, JsonNode json) {
    String to = field.conversion().to();
    if (json.has(Unconvertible.WAITS)) {
      return new Unconvertible(
          json.toString(), "points at a row of " + to + " that has no record in Airtable yet");
    }
    JsonNode rowless = json.path(Unconvertible.ROWLESS);
    return rowless.isArray()
        ? new Unconvertible(
            json.toString(),
            (rowless.size() == 1
                    ? "links key %s, which has no row in %s"
                    : "links keys %s, which have no row in %s")
                .formatted(named(rowless), to))
        : null;
  }

  /**
   * A link whose key is of a table that another one has come in the place of: it counts as one
   * without a row, whatever row of the new table has that key.
   */
  public static @Nullable Object inDoubt(FieldMapping field, @Nullable Object held) {
    if (held instanceof List<?> records) {
      ArrayNode ids = JSON.createArrayNode();
      records.forEach(id -> ids.add(String.valueOf(id)));
      return new Unconvertible(
          JSON.createObjectNode().set(Unconvertible.ROWLESS, ids).toString(),
          "holds a key that may be from before %s was made anew, and is now the one of %s"
              .formatted(field.conversion().to(), named(ids)));
    }
    return held instanceof Unconvertible link && link.waits()
        ? new Unconvertible(
            link.raw().replaceFirst(Unconvertible.WAITS, Unconvertible.ROWLESS),
            "holds a key that may be from before %s was made anew"
                .formatted(field.conversion().to()))
        : held;
  }

  private static String keys(JsonNode some, JsonNode link) {
    JsonNode all = link.path(Unconvertible.WRITTEN);
    return all.size() > some.size() ? texts(some) + " (of " + texts(all) + ")" : texts(some);
  }

  private static String named(JsonNode keys) {
    List<String> texts = list(keys);
    return texts.size() <= NAMED
        ? String.join(", ", texts)
        : String.join(", ", texts.subList(0, NAMED)) + " and " + (texts.size() - NAMED) + " more";
  }

  private static String texts(JsonNode keys) {
    return String.join(", ", list(keys));
  }

  private static List<String> list(JsonNode keys) {
    List<String> texts = new ArrayList<>();
    keys.forEach(key -> texts.add(key.asText()));
    return texts;
  }

  private static JsonNode read(String raw) {
    try {
      return JSON.readTree(raw);
    } catch (JsonProcessingException e) {
      return JSON.nullNode();
    }
  }
}
