package io.reconciler.engine.run;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of one table's links when a table that they point at was made anew. */
record LinkDoubt(Run run, List<Run> parts) {

  LinkDoubt {
    parts = List.copyOf(parts);
  }

  /** The columns whose keys say nothing. */
  Set<String> columns() {
    return elsewhere().stream()
        .filter(column -> targets(column).noneMatch(other -> other.table().isFoundWhole()))
        .collect(Collectors.toSet());
  }

  /** Whether there were such columns and they are right now, as are the tables they point at. */
  boolean isOver() {
    Set<String> elsewhere = elsewhere();
    return run.isOngoing()
        && !elsewhere.isEmpty()
        && (run.table().fields().places().isListed() || columns().isEmpty())
        && elsewhere.stream().flatMap(this::targets).allMatch(LinkDoubt::isKnown);
  }

  /** Whether every record is to be listed, for the table's own sake or for that of its links. */
  boolean isToBeFilledUp() {
    return run.table().isToBeFilledUp()
        || !columns().isEmpty()
        || run.mapping().fields().stream()
            .flatMap(field -> named(String.valueOf(field.conversion().to())))
            .anyMatch(other -> other.table().isToBeFilledUp());
  }

  private Set<String> elsewhere() {
    return run.table().hasFields() ? run.table().fields().places().linksElsewhere() : Set.of();
  }

  private Stream<Run> targets(String column) {
    return named(String.valueOf(run.mapping().column(column).conversion().to()));
  }

  private Stream<Run> named(String table) {
    return parts.stream().filter(part -> part.table().name().equals(table));
  }

  private static boolean isKnown(Run other) {
    return other.isOngoing() && !other.table().fields().places().isOtherTable();
  }
}
