package io.reconciler.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** One case of a scenario file, or a part of one: what is said, by key. */
public record Case(String name, Map<String, @Nullable Object> entries) {

  /** The cases of a file under {@code scenarios/}, of whose keys none may be another one. */
  public static List<Case> read(String file, String... keys) {
    try (InputStream yaml = Case.class.getResourceAsStream("/scenarios/" + file)) {
      List<Map<String, @Nullable Object>> cases = new Yaml().load(yaml);
      Set<String> known = new TreeSet<>(Set.of(keys));
      known.add("name");
      return cases.stream()
          .map(entries -> new Case(String.valueOf(entries.get("name")), entries).knowing(known))
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private Case knowing(Set<String> keys) {
    Set<String> unknown = new TreeSet<>(entries.keySet());
    unknown.removeAll(keys);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(name + " has unknown keys " + unknown);
    }
    return this;
  }

  /** A part of it, of whose keys none may be another one; an empty one when it is not there. */
  public Case part(String key, String... keys) {
    return new Case(name, columns(key)).knowing(Set.of(keys));
  }

  /** A part of it, whose keys are columns. */
  @SuppressWarnings("unchecked")
  public Map<String, @Nullable Object> columns(String key) {
    return entries.get(key) instanceof Map<?, ?> map
        ? (Map<String, @Nullable Object>) map
        : Map.of();
  }

  /** Whether it says anything of this. */
  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /** What it says of this. */
  public String text(String key) {
    return text(key, "");
  }

  /** What it says of this, or else that. */
  public String text(String key, String otherwise) {
    return has(key) ? String.valueOf(entries.get(key)) : otherwise;
  }

  /** Whether it says that this is so. */
  public boolean is(String key) {
    return Boolean.TRUE.equals(entries.get(key));
  }

  /** The number that it has for this; null when it has none. */
  public @Nullable Long number(String key) {
    return entries.get(key) instanceof Number number ? (Long) number.longValue() : null;
  }

  /** The number that it has for this, or else that. */
  public long number(String key, long otherwise) {
    Long number = number(key);
    return number == null ? otherwise : number;
  }

  /** The list that it has for this. */
  public List<String> list(String key) {
    return entries.get(key) instanceof List<?> all
        ? all.stream().map(String::valueOf).toList()
        : List.of();
  }

  @Override
  public String toString() {
    return name;
  }
}
