package io.reconciler.engine.apply.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.LeadRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The row that a lead is to become, and what follows from it for both sides. Pure. */
final class TargetRow {

  private final Mapping mapping;

  TargetRow(Mapping mapping) {
    this.mapping = mapping;
  }

  /** The first row of a record that has no lead yet. */
  Map<String, @Nullable Object> first(IncomingRecord record) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (FieldMapping field : mapping.fields()) {
      row.put(field.column(), firstValue(field, record));
    }
    mapping.existence().ifPresent(field -> row.put(field.column(), true));
    return row;
  }

  /** The row of a lead after these outcomes. */
  Map<String, @Nullable Object> after(
      IncomingRecord record, LeadRow lead, List<GroupOutcome> outcomes) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>(lead.values());
    for (FieldMapping field : mapping.fields()) {
      if (field.group() == null && record.applies(field)) {
        put(row, field, record.values().get(field.column()));
      }
    }
    mapping.existence().ifPresent(field -> row.put(field.column(), true));
    for (GroupOutcome outcome : outcomes) {
      if (outcome.pull()) {
        outcome
            .group()
            .fields()
            .forEach(
                f -> put(row, f, asGiven(f, record, outcome.decision().target().get(f.column()))));
      }
    }
    return row;
  }

  /** Where the second row differs from the first. */
  static List<RecordPlan.Change> changes(
      Map<String, @Nullable Object> from, Map<String, @Nullable Object> to) {
    List<RecordPlan.Change> changes = new ArrayList<>();
    to.forEach(
        (column, value) -> {
          if (!Objects.equals(from.get(column), value)) {
            changes.add(new RecordPlan.Change(column, from.get(column), value));
          }
        });
    return changes;
  }

  /**
   * The cells to send to Airtable, by field, so that it holds what the row does: of the groups that
   * are to be pushed and not held, those that differ there.
   */
  static Map<String, JsonNode> patch(
      Map<String, @Nullable Object> row, List<GroupOutcome> outcomes, Set<String> held) {
    Map<String, JsonNode> patch = new LinkedHashMap<>();
    for (GroupOutcome outcome : outcomes) {
      if (outcome.push() && !held.contains(outcome.group().name())) {
        for (FieldMapping field : outcome.group().fields()) {
          Object stands = row.get(field.column());
          Object value = field.normalise(stands);
          if (!Objects.equals(value, outcome.state().airtable().get(field.column()))) {
            Object sent = value != null && keepsForm(field) ? stands : value;
            patch.put(Objects.requireNonNull(field.airtableField()), field.toCellJson(sent));
          }
        }
      }
    }
    return patch;
  }

  // What is compared may have lost its order or its last digits; what is kept has not.
  private static @Nullable Object asGiven(
      FieldMapping field, IncomingRecord record, @Nullable Object target) {
    Object given = record.values().get(field.column());
    return given != null && keepsForm(field) && Objects.equals(field.normalise(given), target)
        ? given
        : target;
  }

  private static boolean keepsForm(FieldMapping field) {
    return switch (field.conversion().kind()) {
      case OPTIONS, LINK, NUMBER -> true;
      default -> false;
    };
  }

  private static @Nullable Object firstValue(FieldMapping field, IncomingRecord record) {
    if (record.values().containsKey(field.column())) {
      return record.values().get(field.column());
    }
    return field.notNull() ? field.defaultValue() : null;
  }

  // A value that is the same but for its form (line ends, microseconds) stays as it is stored.
  private static void put(
      Map<String, @Nullable Object> row, FieldMapping field, @Nullable Object value) {
    Object stands = row.get(field.column());
    if (!Objects.equals(stands, value)
        && !Objects.equals(field.normalise(stands), field.normalise(value))) {
      row.put(field.column(), value);
    }
  }
}
