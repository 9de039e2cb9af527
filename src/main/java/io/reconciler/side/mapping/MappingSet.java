package io.reconciler.side.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The mappings in use, in the order in which their tables are pulled: a table after those that its
 * links point at, as far as the links make no circle.
 *
 * @param inOrder at least one
 */
public record MappingSet(List<Mapping> inOrder) {

  /** Puts them in order; names are equal in no two. */
  public MappingSet {
    inOrder = order(inOrder);
  }

  /** The mapping of the only table. */
  public static MappingSet of(Mapping only) {
    return new MappingSet(List.of(only));
  }

  /** The mapping of the table that the portal's own endpoints are about, where there is one. */
  public Optional<Mapping> leads() {
    return inOrder.stream().filter(m -> m.postgres().table().equals(Mapping.LEADS)).findFirst();
  }

  /** Whether there is more than one table, so that texts must name theirs. */
  public boolean isSeveral() {
    return inOrder.size() > 1;
  }

  public Optional<Mapping> named(@Nullable String name) {
    return inOrder.stream().filter(mapping -> mapping.name().equals(name)).findFirst();
  }

  /** Their names, in order. */
  public List<String> names() {
    return inOrder.stream().map(Mapping::name).toList();
  }

  /** The tables of a base: those that name their client, and those of this base alone. */
  public List<Mapping> of(String baseId) {
    return inOrder.stream()
        .filter(mapping -> mapping.base() == null || mapping.base().equals(baseId))
        .toList();
  }

  /** The fields of a table whose links point at one that is pulled no earlier: they need a pass. */
  public List<FieldMapping> circular(Mapping mapping) {
    Set<String> later =
        new LinkedHashSet<>(names().subList(names().indexOf(mapping.name()), size()));
    return mapping.fields().stream().filter(f -> later.contains(f.conversion().to())).toList();
  }

  private int size() {
    return inOrder.size();
  }

  private static List<Mapping> order(List<Mapping> mappings) {
    Map<String, Mapping> left = new LinkedHashMap<>();
    mappings.forEach(mapping -> left.put(mapping.name(), mapping));
    Map<String, Set<String>> targets = new HashMap<>();
    mappings.forEach(mapping -> targets.put(mapping.name(), targets(mapping)));
    List<Mapping> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      // In a circle somebody has to begin: the one that waits for the fewest.
      Mapping next =
          left.values().stream()
              .min((a, b) -> Long.compare(waiting(a, left, targets), waiting(b, left, targets)))
              .orElseThrow();
      ordered.add(next);
      left.remove(next.name());
    }
    return List.copyOf(ordered);
  }

  private static long waiting(
      Mapping mapping, Map<String, Mapping> left, Map<String, Set<String>> targets) {
    return targets.getOrDefault(mapping.name(), Set.of()).stream()
        .filter(left::containsKey)
        .count();
  }

  private static Set<String> targets(Mapping mapping) {
    return mapping.fields().stream()
        .map(field -> field.conversion().to())
        .filter(Objects::nonNull)
        .filter(to -> !to.equals(mapping.name()))
        .collect(Collectors.toSet());
  }
}
