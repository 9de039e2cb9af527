package io.reconciler.side.postgres.rules;

import io.reconciler.side.postgres.rules.TableShape.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The rights on a table's columns that this database user lacks.
 *
 * @param columns by right, those that it lacks that one on; a right it has on all of them is left
 *     out
 * @param count how many columns were looked at
 */
record LackingRights(Map<String, List<Column>> columns, int count) {

  private static final Map<String, Predicate<Column>> RIGHTS = rights();

  /** Those on these columns of a table; a column that is not there lacks none. */
  static LackingRights of(TableShape table, Collection<String> names) {
    List<Column> present =
        names.stream().distinct().map(table.columns()::get).filter(Objects::nonNull).toList();
    Map<String, List<Column>> lacking = new LinkedHashMap<>();
    RIGHTS.forEach(
        (right, held) -> {
          List<Column> without = present.stream().filter(held.negate()).toList();
          if (!without.isEmpty()) {
            lacking.put(right, without);
          }
        });
    return new LackingRights(lacking, present.size());
  }

  boolean isEmpty() {
    return columns.isEmpty();
  }

  boolean has(String right) {
    return columns.containsKey(right);
  }

  /** The same, but for a right that is not needed. */
  LackingRights without(String right) {
    Map<String, List<Column>> others = new LinkedHashMap<>(columns);
    others.remove(right);
    return new LackingRights(others, count);
  }

  /** What the user may not, in a table that texts call so; with the columns where it is some. */
  String said(String table) {
    List<String> parts = new ArrayList<>();
    List<String> whole = columns.keySet().stream().filter(this::isWhole).toList();
    if (!whole.isEmpty()) {
      parts.add(String.join(", ", whole) + " on " + table);
    }
    Map<List<Column>, List<String>> some = new LinkedHashMap<>();
    columns.forEach(
        (right, without) -> {
          if (!isWhole(right)) {
            some.computeIfAbsent(without, key -> new ArrayList<>()).add(right);
          }
        });
    some.forEach((without, rights) -> parts.add(said(rights, without, table)));
    return String.join(", ", parts);
  }

  private static String said(List<String> rights, List<Column> columns, String table) {
    return "%s %s %s of %s"
        .formatted(
            String.join(", ", rights),
            columns.size() == 1 ? "column" : "columns",
            columns.stream().map(Column::name).collect(Collectors.joining(", ")),
            table);
  }

  /** The rights as a statement that grants them names them. */
  String granted() {
    return columns.entrySet().stream()
        .map(
            entry ->
                isWhole(entry.getKey())
                    ? entry.getKey()
                    : entry.getValue().stream()
                        .map(Column::identifier)
                        .collect(Collectors.joining(", ", entry.getKey() + " (", ")")))
        .collect(Collectors.joining(", "));
  }

  private boolean isWhole(String right) {
    return columns.getOrDefault(right, List.of()).size() == count;
  }

  private static Map<String, Predicate<Column>> rights() {
    Map<String, Predicate<Column>> rights = new LinkedHashMap<>();
    rights.put("select", Column::maySelect);
    rights.put("insert", Column::mayInsert);
    rights.put("update", Column::mayUpdate);
    return rights;
  }
}
