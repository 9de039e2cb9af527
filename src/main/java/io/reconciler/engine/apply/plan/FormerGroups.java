package io.reconciler.engine.apply.plan;

import io.reconciler.decide.Decide;
import io.reconciler.decide.GroupState;
import io.reconciler.decide.GroupValues;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.Owner;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.FormerValues;
import io.reconciler.side.postgres.LeadRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Columns that the portal owned when both sides last agreed and that are Airtable's since the
 * mapping was changed: the first record that is written over them decides about the portal's edits.
 * Pure.
 */
final class FormerGroups {

  private final Mapping mapping;

  FormerGroups(Mapping mapping) {
    this.mapping = mapping;
  }

  /** Of each group that this record is written over: an edit that never got to Airtable is lost. */
  List<GroupOutcome> decide(
      IncomingRecord record, LeadRow lead, AgreedValues known, RunRules rules) {
    return known.former().ofAirtable(mapping).stream()
        .map(group -> written(group, record))
        .filter(group -> !group.fields().isEmpty())
        .map(group -> decide(group, record, lead, known, rules))
        .toList();
  }

  /** What of a group the record has; of the rest the column is left alone, and waits. */
  private static FieldGroup written(FieldGroup group, IncomingRecord record) {
    return new FieldGroup(
        group.name(), group.policy(), group.fields().stream().filter(record::applies).toList());
  }

  private GroupOutcome decide(
      FieldGroup group, IncomingRecord record, LeadRow lead, AgreedValues known, RunRules rules) {
    FormerValues former = known.former();
    GroupState state =
        new GroupState(
                group.name(),
                group.policy(),
                new GroupState.Sides(airtable(group, record), lead.group(group)),
                new GroupState.Times(record.modified(), lead.updatedAt(), known.modified()),
                GroupState.Memory.of(former.agreed(group), former.intent(group)))
            .doubtedSince(rules.doubtedSince());
    return new GroupOutcome(group, state, Decide.overrule(state));
  }

  // As the column gets it: of links some may be had, and others not.
  private static GroupValues airtable(FieldGroup group, IncomingRecord record) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    group
        .fields()
        .forEach(f -> values.put(f.column(), f.normalise(record.values().get(f.column()))));
    return new GroupValues(values);
  }

  /** What is still agreed on after this record: nothing of a column that it is written to. */
  AgreedValues left(IncomingRecord record, AgreedValues agreed) {
    if (agreed.former().parts().isEmpty()) {
      return agreed;
    }
    Set<String> decided =
        mapping.fields().stream()
            .filter(field -> field.owner() == Owner.AIRTABLE && record.applies(field))
            .map(FieldMapping::column)
            .collect(Collectors.toSet());
    return agreed.withFormer(agreed.former().without(decided));
  }
}
