package io.reconciler.apply;

import io.reconciler.mapping.Converted;
import io.reconciler.mapping.FieldGroup;
import io.reconciler.mapping.FieldMapping;
import io.reconciler.merge.GroupValues;
import io.reconciler.merge.Unconvertible;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An Airtable record, converted field by field.
 *
 * @param created when it was made
 * @param modified tA, when it was last modified
 * @param values the converted values by column; a portal-only read has just the portal's columns
 * @param failures the columns whose cell could not be converted
 */
public record IncomingRecord(
    String id,
    Instant created,
    Instant modified,
    Map<String, @Nullable Object> values,
    Map<String, Converted.Failed> failures) {

  /** Whether every column of a field group was read, convertible or not. */
  boolean has(FieldGroup group) {
    return group.fields().stream()
        .allMatch(f -> values.containsKey(f.column()) || failures.containsKey(f.column()));
  }

  /** The columns that were read, convertible or not. */
  Stream<String> columns() {
    return Stream.concat(values.keySet().stream(), failures.keySet().stream());
  }

  /** The same record, without these columns. */
  public IncomingRecord without(Set<String> columns) {
    Map<String, @Nullable Object> left = new LinkedHashMap<>(values);
    left.keySet().removeAll(columns);
    return new IncomingRecord(id, created, modified, left, failures);
  }

  /** The normalised values of a field group, cells that could not be converted among them. */
  public GroupValues group(FieldGroup group) {
    Map<String, @Nullable Object> normalised = new LinkedHashMap<>();
    for (FieldMapping field : group.fields()) {
      normalised.put(field.column(), value(field));
    }
    return new GroupValues(normalised);
  }

  private @Nullable Object value(FieldMapping field) {
    Converted.Failed failed = failures.get(field.column());
    return failed == null
        ? field.normalise(values.get(field.column()))
        : new Unconvertible(failed.raw(), failed.reason());
  }
}
