package io.reconciler.decide;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The normalised values of one field group by column, in mapping order; null is an empty cell, and
 * a column that is missing equals an empty one.
 *
 * @param values String, Integer, Boolean, Instant, UUID, List of String, {@link Unconvertible} or
 *     null
 */
public record GroupValues(Map<String, @Nullable Object> values) {

  /** Keeps its own unmodifiable copy, in the given order. */
  public GroupValues {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The values of a group of one column. */
  public static GroupValues of(String column, @Nullable Object value) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put(column, value);
    return new GroupValues(values);
  }

  /** The values of a group of two columns. */
  public static GroupValues of(
      String column, @Nullable Object value, String other, @Nullable Object otherValue) {
    return of(column, value).with(other, otherValue);
  }

  /** True if every value could be converted. */
  public boolean convertible() {
    return values.values().stream().noneMatch(Unconvertible.class::isInstance);
  }

  /**
   * True if all that keeps them from being sent will pass by itself: links to what has no record.
   */
  public boolean waits() {
    return !convertible()
        && values.values().stream()
            .filter(Unconvertible.class::isInstance)
            .map(Unconvertible.class::cast)
            .allMatch(Unconvertible::waits);
  }

  /** True if the value of that column is a link to a row that is not there. */
  public boolean rowless(String column) {
    return get(column) instanceof Unconvertible link && link.rowless();
  }

  /** The value of that column, or null if it is empty or missing. */
  public @Nullable Object get(String column) {
    return values.get(column);
  }

  /** Whether nothing would be lost if these took the other's place: it is equal, or emptier. */
  public boolean covers(GroupValues other) {
    return other.values.keySet().stream()
        .allMatch(
            column -> other.get(column) == null || Objects.equals(get(column), other.get(column)));
  }

  /** The same values, but for that column. */
  public GroupValues with(String column, @Nullable Object value) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
    changed.put(column, value);
    return new GroupValues(changed);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GroupValues that
        && Stream.concat(values.keySet().stream(), that.values.keySet().stream())
            .allMatch(column -> Objects.equals(get(column), that.get(column)));
  }

  @Override
  public int hashCode() {
    return values.entrySet().stream()
        .filter(entry -> entry.getValue() != null)
        .mapToInt(Map.Entry::hashCode)
        .sum();
  }
}
