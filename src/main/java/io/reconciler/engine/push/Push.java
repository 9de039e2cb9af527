package io.reconciler.engine.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.decide.GroupValues;
import io.reconciler.engine.apply.plan.GroupOutcome;
import io.reconciler.engine.apply.plan.RecordPlan;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One record's change on its way to Airtable.
 *
 * @param cells the cells to send by field group, then by Airtable field
 * @param edited when the portal last edited the lead
 * @param values the portal's values of those groups, for a dead letter
 * @param before what Airtable held of those groups when this was decided
 */
record Push(
    String recordId,
    Instant edited,
    Map<String, Map<String, JsonNode>> cells,
    Map<String, GroupValues> values,
    Map<String, GroupValues> before) {

  /** From what was decided: the cells of the patch, group by group. */
  static Push of(RecordPlan plan) {
    Map<String, Map<String, JsonNode>> cells = new LinkedHashMap<>();
    Map<String, GroupValues> values = new LinkedHashMap<>();
    Map<String, GroupValues> before = new LinkedHashMap<>();
    Instant edited = plan.updatedAt();
    for (GroupOutcome outcome : plan.outcomes()) {
      edited = outcome.state().times().portal();
      Map<String, JsonNode> own = cells(outcome.group(), plan.patch());
      if (!own.isEmpty()) {
        cells.put(outcome.group().name(), own);
        values.put(outcome.group().name(), outcome.decision().target());
        before.put(outcome.group().name(), outcome.state().airtable());
      }
    }
    return new Push(plan.record().id(), edited, cells, values, before);
  }

  /** Every cell by Airtable field. */
  Map<String, JsonNode> fields() {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    cells.values().forEach(fields::putAll);
    return fields;
  }

  /** The same change, one field group at a time. */
  List<Push> groupwise() {
    return cells.keySet().stream().map(group -> only(Set.of(group))).toList();
  }

  /** What it changes of these field groups. */
  Push only(Set<String> groups) {
    return new Push(
        recordId, edited, some(cells, groups), some(values, groups), some(before, groups));
  }

  private static <T> Map<String, T> some(Map<String, T> all, Set<String> groups) {
    Map<String, T> some = new LinkedHashMap<>(all);
    some.keySet().retainAll(groups);
    return some;
  }

  private static Map<String, JsonNode> cells(FieldGroup group, Map<String, JsonNode> patch) {
    Map<String, JsonNode> cells = new LinkedHashMap<>();
    for (FieldMapping field : group.fields()) {
      JsonNode cell = patch.get(String.valueOf(field.airtableField()));
      if (cell != null) {
        cells.put(String.valueOf(field.airtableField()), cell);
      }
    }
    return cells;
  }
}
