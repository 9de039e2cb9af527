package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.reconciler.side.airtable.FieldKeys;
import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.Mapping;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of a mapping by their columns, in its order, some of them bound to an id. */
final class BoundFields {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, BoundField> byColumn = new LinkedHashMap<>();

  void add(BoundField field) {
    byColumn.put(field.column(), field);
  }

  /** Puts another field in the place of each. */
  void replaceEach(UnaryOperator<BoundField> change) {
    byColumn.replaceAll((column, field) -> change.apply(field));
  }

  BoundField of(String column) {
    return Objects.requireNonNull(byColumn.get(column), column);
  }

  /** The columns of those that are so; the caller's to change. */
  Set<String> columns(Predicate<BoundField> which) {
    return all()
        .filter(which)
        .map(BoundField::column)
        .collect(Collectors.toCollection(HashSet::new));
  }

  boolean isAnyBound() {
    return all().anyMatch(BoundField::isBound);
  }

  boolean isAllBound() {
    return all().allMatch(BoundField::isBound);
  }

  /** Whether the mapping names one of them by its id. */
  boolean isAnyMappedById() {
    return all().anyMatch(field -> Metadata.isId(field.reference()));
  }

  /** What the mapping calls those that have no id yet. */
  List<String> unboundReferences() {
    return all().filter(field -> !field.isBound()).map(BoundField::reference).toList();
  }

  Set<String> ids() {
    return all().map(BoundField::id).filter(Objects::nonNull).collect(Collectors.toSet());
  }

  /** The id of what the mapping calls so. */
  Optional<String> idOf(String reference) {
    return all()
        .filter(field -> field.reference().equals(reference))
        .map(BoundField::id)
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** Under which keys each is asked for. */
  List<FieldKeys.Key> keys(Mapping mapping) {
    return all()
        .map(
            field ->
                new FieldKeys.Key(
                    field.reference(),
                    field.id(),
                    field.name(),
                    field.computed(),
                    isBoolean(mapping, field.column())))
        .toList();
  }

  private static boolean isBoolean(Mapping mapping, String column) {
    return !column.equals(KnownFields.MODIFIED)
        && mapping.column(column).conversion().kind() == Kind.BOOLEAN;
  }

  /** The options of each, as this metadata of their table shows them. */
  Map<String, List<String>> choices(Metadata table) {
    Map<String, List<String>> choices = new HashMap<>();
    forEach(
        field ->
            table
                .field(field.reference(), field.id())
                .ifPresent(found -> choices.put(field.column(), found.choices())));
    return choices;
  }

  /** Notes which were left out since then; those still missing stay as they were. */
  void leftOut(Set<String> columns, @Nullable Instant since, Set<String> stillMissing) {
    replaceEach(
        field -> {
          if (stillMissing.contains(field.column())) {
            return field;
          }
          if (!columns.contains(field.column())) {
            return field.missing(null);
          }
          return field.missingSince() == null ? field.missing(since) : field;
        });
  }

  /** The rows of {@code reconciler.field} of those that are so. */
  ArrayNode json(Predicate<BoundField> which) {
    ArrayNode rows = JSON.createArrayNode();
    all().filter(which).forEach(field -> field.write(rows.addObject()));
    return rows;
  }

  void forEach(Consumer<BoundField> action) {
    all().forEach(action);
  }

  private Stream<BoundField> all() {
    return byColumn.values().stream();
  }
}
