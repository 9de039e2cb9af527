package io.reconciler.program.init;

import io.reconciler.program.init.ExistingTables.Column;
import io.reconciler.program.init.ExistingTables.Table;
import io.reconciler.side.airtable.TableSchema.Field;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Finds the columns of a table that is there by the fields' names. Pure. */
final class ColumnMatches {

  private final List<Column> columns;
  private final Map<Field, Column> found = new LinkedHashMap<>();
  private final Set<String> claimed = new HashSet<>();

  /** Among the columns of the table whose names are not taken. */
  ColumnMatches(Table table, PlainNames names) {
    this.columns = table.columns().stream().filter(c -> !names.isTaken(c.name())).toList();
  }

  /** The columns of these fields: what is clearest first, so that nothing takes another's. */
  Map<Field, Column> of(List<Field> fields) {
    claim(fields, (field, column) -> LinkColumns.isFor(field, column.name()));
    claim(fields, (field, column) -> PlainNames.plain(field.name()).equals(column.name()));
    claim(fields, ColumnMatches::alike);
    return found;
  }

  private void claim(List<Field> fields, BiFunction<Field, Column, Boolean> matches) {
    for (Field field : fields) {
      if (!found.containsKey(field)) {
        candidates(column -> matches.apply(field, column), field)
            .ifPresent(
                column -> {
                  found.put(field, column);
                  claimed.add(column.name());
                });
      }
    }
  }

  /** Of several the one whose type suits the field. */
  private Optional<Column> candidates(java.util.function.Predicate<Column> matches, Field field) {
    List<Column> alike =
        columns.stream().filter(c -> !claimed.contains(c.name())).filter(matches).toList();
    Stream<Column> fitting = alike.stream().filter(column -> suits(field, column));
    return fitting.findFirst().or(() -> alike.stream().findFirst());
  }

  private static boolean suits(Field field, Column column) {
    return column.type().flatMap(type -> ColumnFit.conversion(field, type)).isPresent();
  }

  private static boolean alike(Field field, Column column) {
    String folded = PlainNames.folded(field.name());
    return !folded.isEmpty() && folded.equals(PlainNames.folded(column.name()));
  }
}
