package io.reconciler.engine.apply;

import io.reconciler.decide.ConflictPolicy;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.LeadRow;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a trigger did not keep of the portal-owned values that were written. What is taken
 * away so would count as an edit of the portal, and be taken away in Airtable too. A value that a
 * trigger only puts otherwise is the portal's own edit. Pure.
 */
final class StoredValues {

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final Mapping mapping;

  StoredValues(Mapping mapping) {
    this.mapping = mapping;
  }

  /** Whether a page writes values that a trigger could take away. */
  boolean isConcerned(PagePlan page) {
    return page.records().stream().flatMap(this::written).findAny().isPresent();
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
