package io.reconciler.program.init;

import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.airtable.TableSchema.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the tables and fields that somebody named. Pure. */
public final class Selection {

  private static final int MOST_NAMES = 30;

  private final List<TableSchema> tables;

  /** Among the tables of a base. */
  public Selection(List<TableSchema> tables) {
    this.tables = List.copyOf(tables);
  }

  /**
   * The tables of these names or ids, in the base's order; all when none is named.
   *
   * @throws InitException when one is not there; it says which there are
   */
  public List<TableSchema> tables(List<String> named) {
    if (named.isEmpty()) {
      return tables;
    }
    List<String> missing = named.stream().filter(name -> table(name).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new InitException(
          missing.stream()
              .map(
                  name ->
                      "--table %s: the base has no such table; it has %s"
                          .formatted(name, list(tables.stream().map(TableSchema::name).toList())))
              .toList());
    }
    Set<TableSchema> chosen =
        named.stream().map(name -> table(name).orElseThrow()).collect(Collectors.toSet());
    return tables.stream().filter(chosen::contains).toList();
  }

  private Optional<TableSchema> table(String name) {
    return tables.stream()
        .filter(table -> table.id().equals(name))
        .findFirst()
        .or(() -> tables.stream().filter(table -> table.name().equals(name)).findFirst());
  }

  /**
   * The ids of the fields that are named as Table.Field, by names or ids.
   *
   * @param chosen the tables that are to be planned
   * @throws InitException when one is not there; it says which there are
   */
  public Set<String> fields(List<String> named, List<TableSchema> chosen) {
    Set<String> ids = new HashSet<>();
    List<String> problems = new ArrayList<>();
    for (String name : named) {
      List<TableSchema> owners = tables.stream().filter(table -> isOf(table, name)).toList();
      if (!owners.isEmpty() && owners.stream().noneMatch(chosen::contains)) {
        problems.add("--portal " + name + ": its table is none of those of --table; name it too");
        continue;
      }
      Optional<Field> field =
          owners.stream().flatMap(table -> field(table, name).stream()).findFirst();
      field.ifPresentOrElse(
          found -> ids.add(found.id()), () -> problems.add(missing(name, owners)));
    }
    if (!problems.isEmpty()) {
      throw new InitException(problems);
    }
    return ids;
  }

  private static boolean isOf(TableSchema table, String name) {
    return name.startsWith(table.name() + ".") || name.startsWith(table.id() + ".");
  }

  private static Optional<Field> field(TableSchema table, String name) {
    String start = name.startsWith(table.id() + ".") ? table.id() : table.name();
    return table.field(name.substring(start.length() + 1));
  }

  private String missing(String name, List<TableSchema> of) {
    String there =
        of.isEmpty()
            ? "the base has no such table; it has "
                + list(tables.stream().map(TableSchema::name).toList())
            : "the table has no such field; it has "
                + list(of.get(0).fields().stream().map(Field::name).toList());
    return "--portal " + name + ": " + there + (of.isEmpty() ? "; write it as Table.Field" : "");
  }

  private static String list(List<String> names) {
    String some =
        names.stream()
            .limit(MOST_NAMES)
            .map(name -> "\"" + name + "\"")
            .collect(Collectors.joining(", "));
    return names.size() > MOST_NAMES ? some + " and others" : some;
  }
}
