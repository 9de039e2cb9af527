package io.reconciler.engine.apply.plan;

import io.reconciler.decide.GroupValues;
import io.reconciler.decide.Unconvertible;
import io.reconciler.side.mapping.Converted;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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
 * @param refused those of them that PostgreSQL refused
 * @param unlinked the linked records that have no row, by column: of what Airtable owns the others
 *     are applied all the same
 */
public record IncomingRecord(
    String id,
    Instant created,
    Instant modified,
    Map<String, @Nullable Object> values,
    Map<String, Converted.Failed> failures,
    Set<String> refused,
    Map<String, List<String>> unlinked) {

  /** A record as Airtable gave it. */
  public IncomingRecord(
      String id,
      Instant created,
      Instant modified,
      Map<String, @Nullable Object> values,
      Map<String, Converted.Failed> failures) {
    this(id, created, modified, values, failures, Set.of(), Map.of());
  }

  /** Whether every column of a field group was read, convertible or not. */
  boolean has(FieldGroup group) {
    return group.fields().stream()
        .allMatch(f -> values.containsKey(f.column()) || failures.containsKey(f.column()));
  }

  /** The columns that were read, convertible or not. */
  public Stream<String> columns() {
    return Stream.concat(values.keySet().stream(), failures.keySet().stream());
  }

  /** The same record, without these columns. */
  public IncomingRecord without(Set<String> columns) {
    Map<String, @Nullable Object> left = new LinkedHashMap<>(values);
    left.keySet().removeAll(columns);
    Map<String, Converted.Failed> others = new LinkedHashMap<>(failures);
    others.keySet().removeAll(columns);
    return new IncomingRecord(id, created, modified, left, others, refused, unlinked);
  }

  /**
   * The same record, some of whose values PostgreSQL will not take: they can't be applied, as if
   * they could not be converted.
   *
   * @param more why what can't be applied can't
   * @param columns those that PostgreSQL refused
   * @param nulled of these columns, those that a new lead leaves empty, for their default is
   *     refused too
   */
  public IncomingRecord refusing(
      Map<String, Converted.Failed> more, Set<String> columns, Set<String> nulled) {
    Map<String, @Nullable Object> left = new LinkedHashMap<>(values);
    left.keySet().removeAll(columns);
    nulled.forEach(column -> left.put(column, null));
    Map<String, Converted.Failed> all = new LinkedHashMap<>(failures);
    all.putAll(more);
    Set<String> both = new LinkedHashSet<>(refused);
    both.addAll(columns);
    return new IncomingRecord(id, created, modified, left, all, both, unlinked);
  }

  /** The same record with these columns alone. */
  public IncomingRecord only(Set<String> columns) {
    Map<String, @Nullable Object> some = new LinkedHashMap<>(values);
    some.keySet().retainAll(columns);
    return new IncomingRecord(id, created, modified, some, Map.of());
  }

  /**
   * The same record, a link of which points at records without a row.
   *
   * @param others those that have one; null where the link is not applied without the rest
   */
  public IncomingRecord unlinked(
      String column, List<String> missing, @Nullable List<String> others, Converted.Failed why) {
    Map<String, @Nullable Object> left = new LinkedHashMap<>(values);
    left.remove(column);
    if (others != null) {
      left.put(column, others.isEmpty() ? null : others);
    }
    Map<String, Converted.Failed> all = new LinkedHashMap<>(failures);
    all.put(column, why);
    Map<String, List<String>> more = new LinkedHashMap<>(unlinked);
    more.put(column, missing);
    return new IncomingRecord(id, created, modified, left, all, refused, more);
  }

  /** Whether a column is to be written: it was read, and nothing of it failed that keeps it. */
  public boolean applies(FieldMapping field) {
    String column = field.column();
    return values.containsKey(column)
        && (!failures.containsKey(column) || unlinked.containsKey(column));
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

  /** Without the values, which may not reach a log or the text of a failure. */
  @Override
  public String toString() {
    return id;
  }
}
