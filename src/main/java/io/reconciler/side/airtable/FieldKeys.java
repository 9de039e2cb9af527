package io.reconciler.side.airtable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Under which keys a table and its fields are asked for, and what the keys of an answer stand for.
 * Inside the program a field goes by its reference: the name or id that the mapping has for it.
 *
 * @param table the key of the table
 * @param byId whether fields are asked for, and answered, by id
 * @param fields what is known of the fields; one that is not among them goes by its reference
 */
public record FieldKeys(String table, boolean byId, List<Key> fields) {

  /**
   * One field.
   *
   * @param reference the name or id in the mapping
   * @param id Airtable's id, null when it is not known
   * @param name its present name
   * @param computed whether Airtable computes it: a list of one is that one
   * @param truth whether it stands for true or false: a computed 1 or 0 is one of them
   */
  public record Key(
      String reference, @Nullable String id, String name, boolean computed, boolean truth) {

    private JsonNode plain(JsonNode cell) {
      JsonNode plain = computed ? single(cell) : cell;
      boolean bit = plain.isNumber() && (plain.doubleValue() == 0 || plain.doubleValue() == 1);
      return computed && truth && bit ? BooleanNode.valueOf(plain.doubleValue() == 1) : plain;
    }

    private static JsonNode single(JsonNode cell) {
      JsonNode plain = cell;
      while (plain.isArray() && plain.size() == 1) {
        plain = plain.get(0);
      }
      return plain;
    }
  }

  /** Keeps its own unmodifiable copy. */
  public FieldKeys {
    fields = List.copyOf(fields);
  }

  /** Everything as the mapping writes it. */
  public static FieldKeys asWritten(String table) {
    return new FieldKeys(table, false, List.of());
  }

  /** The key under which a field is asked for. */
  public String of(String reference) {
    if (!byId) {
      return reference;
    }
    return fields.stream()
        .filter(key -> key.reference().equals(reference) && key.id() != null)
        .map(Key::id)
        .findFirst()
        .orElse(reference);
  }

  /** The cells of an answer by reference. Empty lists and nulls are empty cells, and left out. */
  Map<String, JsonNode> cells(JsonNode answered) {
    return cells(answered, new HashMap<>());
  }

  /** The same for one of many records: what their keys mean is looked up once, and kept there. */
  Map<String, JsonNode> cells(JsonNode answered, Map<String, List<Key>> known) {
    Map<String, JsonNode> cells = new HashMap<>(answered.size() * 2);
    answered
        .fields()
        .forEachRemaining(
            entry -> {
              for (Key key : known.computeIfAbsent(entry.getKey(), this::meant)) {
                JsonNode plain = key.plain(entry.getValue());
                boolean empty = plain.isNull() || (plain.isArray() && plain.isEmpty());
                if (!empty) {
                  cells.put(key.reference(), plain);
                }
              }
            });
    return cells;
  }

  // A server that answers by name although it was asked by id is understood all the same.
  private List<Key> meant(String answered) {
    List<Key> byIds = new ArrayList<>();
    List<Key> others = new ArrayList<>();
    for (Key key : fields) {
      if (byId && answered.equals(key.id())) {
        byIds.add(key);
      } else if (answered.equals(byId && key.id() != null ? key.name() : key.reference())) {
        others.add(key);
      }
    }
    if (!byIds.isEmpty() || !others.isEmpty()) {
      return byIds.isEmpty() ? others : byIds;
    }
    return List.of(new Key(answered, null, answered, false, false));
  }
}
