package io.reconciler.engine.apply;

import io.reconciler.decide.ConflictPolicy;
import io.reconciler.decide.Unconvertible;
import io.reconciler.engine.apply.plan.RecordPlan;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.AlteredValue;
import io.reconciler.side.postgres.LeadRow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what PostgreSQL did not keep of the values that were written. What a trigger takes away of
 * portal-owned ones would count as an edit of the portal, and be taken away in Airtable too; a
 * value that it only puts otherwise is the portal's own edit. What is made of Airtable's own
 * values, and what a narrow column cuts off any, is agreed with the value that was written. Pure.
 */
final class StoredValues {

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final Mapping mapping;

  StoredValues(Mapping mapping) {
    this.mapping = mapping;
  }

  /** The same plan, with what PostgreSQL made of a written lead; no row is stored as written. */
  RecordPlan noted(RecordPlan plan, Map<String, LeadRow> stored) {
    if (!plan.writesLead()) {
      return plan;
    }
    LeadRow lead = stored.get(plan.record().id());
    if (lead == null) {
      // A policy may hide a row that was written: nothing more is known of it.
      return stored.isEmpty() ? plan.withAltered(Map.of()) : plan;
    }
    Map<String, AlteredValue> altered = new LinkedHashMap<>();
    for (FieldMapping field : mapping.airtableFields()) {
      String column = field.column();
      Object written = plan.row().get(column);
      Object held = lead.values().get(column);
      boolean known = plan.record().applies(field) || plan.agreed().altered().containsKey(column);
      if (known && !field.isLinked() && isAltered(field, written, held, lead)) {
        altered.put(column, new AlteredValue(written, held, lead.isNarrow(column)));
      }
    }
    return plan.withAltered(altered);
  }

  private static boolean isAltered(
      FieldMapping field, @Nullable Object written, @Nullable Object held, LeadRow lead) {
    return !(written instanceof Unconvertible)
        && !(held instanceof Unconvertible)
        && !Objects.equals(field.normalise(written), field.normalise(held))
        && (field.group() == null
            || (lead.isNarrow(field.column()) && Narrowing.isOf(written, held)));
  }

  /** The columns of a written lead that do not hold what was written, as far as it matters. */
  Set<String> lost(RecordPlan plan, LeadRow stored) {
    Map<String, @Nullable Object> values = stored.values();
    Set<String> lost = new TreeSet<>();
    written(plan)
        .filter(change -> isLost(change.column(), change.to(), values.get(change.column())))
        .forEach(change -> lost.add(change.column()));
    return lost;
  }

  private Stream<RecordPlan.Change> written(RecordPlan plan) {
    return plan.writesLead()
        ? plan.changes().stream().filter(c -> isPlain(c.column()) && !bare(c.to()).isEmpty())
        : Stream.empty();
  }

  // A link whose target has no row yet is written empty, and comes later.
  private boolean isPlain(String column) {
    FieldMapping field = mapping.column(column);
    return field.group() != null && !field.isLinked();
  }

  private boolean isLost(String column, @Nullable Object written, @Nullable Object stored) {
    return isMerged(mapping.column(column))
        ? !bare(stored).contains(bare(written))
        : bare(stored).isEmpty();
  }

  // Lines that are missing come back at the next merge, for ever.
  private boolean isMerged(FieldMapping field) {
    return mapping.groups().stream()
        .filter(group -> group.name().equals(field.group()))
        .map(FieldGroup::policy)
        .anyMatch(ConflictPolicy.MERGE_LINES::equals);
  }

  private static String bare(@Nullable Object value) {
    return value == null ? "" : BLANKS.matcher(String.valueOf(value)).replaceAll("");
  }
}
