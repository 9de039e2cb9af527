package io.reconciler.side.mapping;

import io.reconciler.text.Nearest;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML mapping that knows its keys and the lines they stand on. */
final class YamlMap {

  private final String name;
  private final Node node;
  private final Map<String, Node> entries = new LinkedHashMap<>();

  private YamlMap(String name, Node node) {
    this.name = name;
    this.node = node;
  }

  /** The node as a mapping with keys of any name. */
  static YamlMap free(String name, Node node, String what) {
    YamlMap map = new YamlMap(name, node);
    if (!(node instanceof MappingNode mapping)) {
      throw map.error(what + " must be a map; write \"key: value\" lines");
    }
    for (NodeTuple entry : mapping.getValue()) {
      map.add(entry);
    }
    return map;
  }

  /** The node as a mapping with no other keys than the given ones. */
  static YamlMap of(String name, Node node, String what, Set<String> keys) {
    YamlMap map = free(name, node, what);
    for (String key : map.entries.keySet()) {
      if (!keys.contains(key)) {
        String known = String.join(", ", new TreeSet<>(keys));
        throw map.error(key, "unknown key \"" + key + "\"" + meant(key, keys) + "; use " + known);
      }
    }
    return map;
  }

  private void add(NodeTuple entry) {
    String key =
        entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "(not a text)";
    if (entries.putIfAbsent(key, entry.getValueNode()) != null) {
      throw error(entry.getKeyNode(), "key \"" + key + "\" stands here twice; remove one");
    }
  }

  Set<String> keys() {
    return entries.keySet();
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  /** The line of a key that is there. */
  int line(String key) {
    return node(key).getStartMark().getLine() + 1;
  }

  /** The value of a key that must be there. */
  Node node(String key) {
    Node value = entries.get(key);
    if (value == null) {
      throw error("key \"" + key + "\" is missing; add it");
    }
    return value;
  }

  String text(String key) {
    return scalar(key, node(key)).getValue();
  }

  @Nullable String optionalText(String key) {
    return has(key) ? text(key) : null;
  }

  boolean flag(String key) {
    if (!has(key)) {
      return false;
    }
    String value = text(key);
    if (!value.equals("true") && !value.equals("false")) {
      throw error(key, "\"" + key + "\" must be true or false, not \"" + value + "\"");
    }
    return value.equals("true");
  }

  List<Node> list(String key) {
    if (!(node(key) instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
      throw error(key, "\"" + key + "\" must be a list with at least one entry");
    }
    return sequence.getValue();
  }

  /** The constant whose label is the key's text. */
  <E extends Enum<E>> E oneOf(String key, E[] constants, Function<E, String> label) {
    String value = text(key);
    for (E constant : constants) {
      if (label.apply(constant).equals(value)) {
        return constant;
      }
    }
    List<String> known = Arrays.stream(constants).map(label).toList();
    throw error(
        key,
        "unknown "
            + key
            + " \""
            + value
            + "\""
            + meant(value, known)
            + "; use one of "
            + String.join(", ", known));
  }

  /** The one of these that a wrong name may have meant, for a message. */
  static String meant(String wrong, Collection<String> known) {
    return Nearest.meant(wrong, known);
  }

  InvalidMappingException error(String problem) {
    return error(node, problem);
  }

  /** Names the key's line if it is there, the mapping's otherwise. */
  InvalidMappingException error(String key, String problem) {
    return error(entries.getOrDefault(key, node), problem);
  }

  /** Names a line of that entry of a list in which a key has this value. */
  InvalidMappingException errorIn(
      String list, String key, String value, String place, String problem) {
    for (Node entry : list(list)) {
      YamlMap map = free(name, entry, list);
      if (map.has(key) && value.equals(map.text(key))) {
        return map.error(place, problem);
      }
    }
    return error(list, problem);
  }

  private InvalidMappingException error(Node place, String problem) {
    return new InvalidMappingException(name, place.getStartMark().getLine() + 1, problem);
  }

  private ScalarNode scalar(String key, Node value) {
    if (value instanceof ScalarNode scalar
        && !scalar.getTag().equals(Tag.NULL)
        && !scalar.getValue().isBlank()) {
      return scalar;
    }
    throw error(value, "\"" + key + "\" has no value; write one or remove the key");
  }
}
