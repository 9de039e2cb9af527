package io.reconciler.engine.apply.plan;

import io.reconciler.decide.Decision;
import io.reconciler.decide.Granularity;
import io.reconciler.decide.GroupState;
import io.reconciler.decide.GroupValues;
import io.reconciler.decide.RowlessLinks;
import io.reconciler.decide.Winner;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.StoredLinks;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides, for one record and its lead, what both sides shall hold. Pure: it writes nothing. */
public final class RecordPlanner {

  private final Mapping mapping;
  private final Granularity granularity;
  private final TargetRow target;
  private final FormerGroups former;
  private final OwnTouch own;

  /**
   * Plans by this mapping; the granularity says what a conflict is about. Where Airtable shows no
   * time of the last modification it can't be about the record: every read would be a touch.
   */
  public RecordPlanner(Mapping mapping, Granularity granularity) {
    this.mapping = mapping;
    this.granularity = mapping.hasModifiedField() ? granularity : Granularity.FIELD;
    this.target = new TargetRow(mapping);
    this.former = new FormerGroups(mapping);
    this.own = new OwnTouch(mapping, this.granularity);
  }

  /** A record that has no lead yet: Airtable's values, and agreement on them. */
  RecordPlan insert(IncomingRecord record) {
    Map<String, @Nullable Object> row = target.first(record);
    Map<String, GroupValues> agreed = new LinkedHashMap<>();
    LeadRow lead = new LeadRow(null, record.id(), record.modified(), row);
    // What stands in the row is agreed on, even beside a cell that could not be converted: the
    // portal has changed nothing yet.
    mapping.groups().forEach(group -> agreed.put(group.name(), lead.group(group)));
    return new RecordPlan(
        RecordPlan.Kind.INSERT,
        record,
        row,
        TargetRow.changes(Map.of(), row),
        record.modified(),
        new AgreedValues(agreed, Map.of(), seen(record), false, Map.of(), Map.of()),
        true,
        List.of(),
        Map.of(),
        List.of());
  }

  /** Stage 1: a record and its lead, as both stand now. */
  RecordPlan pull(IncomingRecord record, LeadRow lead, AgreedValues known, RunRules rules) {
    AgreedValues seen = own.seen(record, lead, known, rules.computed());
    List<GroupOutcome> outcomes = decide(read(record), record, lead, seen, rules, false);
    AgreedValues agreed = agreed(record, lead, seen, outcomes);
    return pulled(record, lead, known, agreed, outcomes, rules);
  }

  /**
   * Stage 1, of some fields alone: what else the record holds is not known, so what both sides
   * agreed on, and when, stays but for the groups that were read.
   */
  RecordPlan refresh(IncomingRecord record, LeadRow lead, AgreedValues known, RunRules rules) {
    List<GroupOutcome> outcomes = decide(read(record), record, lead, known, rules, false);
    AgreedValues agreed =
        outcomes.isEmpty()
            ? known
            : agreed(record, lead, known, outcomes).withModified(known.modified());
    return pulled(record, lead, known, agreed, outcomes, RunRules.NONE);
  }

  private RecordPlan pulled(
      IncomingRecord record,
      LeadRow lead,
      AgreedValues known,
      AgreedValues agreed,
      List<GroupOutcome> outcomes,
      RunRules rules) {
    AgreedValues left = former.left(record, agreed);
    return plan(record, lead, known, left, outcomes, Set.of())
        .withFormer(former.decide(record, lead, known, rules));
  }

  /** Stage 2, before the PATCH: what is going to be sent becomes the intent. */
  RecordPlan preparePush(
      IncomingRecord record, LeadRow lead, AgreedValues known, Set<String> held, RunRules rules) {
    AgreedValues seen = own.seen(record, lead, known, rules.computed());
    List<GroupOutcome> outcomes = decide(read(record), record, lead, seen, rules, true);
    // What was sent of a group that can't be read now may have arrived all the same.
    Map<String, GroupValues> intent = new LinkedHashMap<>(seen.intent());
    for (GroupOutcome outcome : outcomes) {
      String group = outcome.group().name();
      intent.remove(group);
      if (outcome.push() && !held.contains(group)) {
        intent.put(group, outcome.decision().target());
      }
    }
    AgreedValues agreed = agreed(record, lead, seen, outcomes).withIntent(intent);
    return plan(record, lead, known, agreed, outcomes, held);
  }

  /**
   * Stage 2, after the PATCH: what was sent is agreed on, and then Airtable's answer is decided. A
   * group that was not in this PATCH, because the record's changes had to be sent one by one, is
   * none of its business: it may yet be refused.
   */
  RecordPlan confirmPush(
      IncomingRecord record, LeadRow lead, AgreedValues known, Set<String> inThisPatch) {
    List<FieldGroup> sent =
        mapping.groups().stream()
            .filter(g -> inThisPatch.contains(g.name()) && known.intent().containsKey(g.name()))
            .toList();
    AgreedValues arrived = own.seen(record, lead, known, Set.of()).withArrived(inThisPatch);
    List<GroupOutcome> outcomes = decide(sent, record, lead, arrived, RunRules.NONE, false);
    return plan(record, lead, known, agreed(record, lead, arrived, outcomes), outcomes, Set.of());
  }

  /** A lead that the portal changed again since it was chosen: nothing now. */
  RecordPlan inGrace(IncomingRecord record, LeadRow lead, AgreedValues known) {
    return new RecordPlan(
        RecordPlan.Kind.IN_GRACE,
        record,
        lead.values(),
        List.of(),
        lead.updatedAt(),
        known,
        false,
        List.of(),
        Map.of(),
        List.of());
  }

  // A group whose field is gone from Airtable is not decided: its absence says nothing.
  private List<FieldGroup> read(IncomingRecord record) {
    return mapping.groups().stream().filter(record::has).toList();
  }

  private List<GroupOutcome> decide(
      List<FieldGroup> groups,
      IncomingRecord record,
      LeadRow lead,
      AgreedValues known,
      RunRules rules,
      boolean rested) {
    return groups.stream()
        .map(
            group -> {
              GroupState state = state(group, record, lead, known, rules);
              boolean told = rested || isInDoubt(group, rules);
              return new GroupOutcome(
                  group, state, RowlessLinks.decide(state, granularity, rules.first(), told));
            })
        .toList();
  }

  private RecordPlan plan(
      IncomingRecord record,
      LeadRow lead,
      AgreedValues known,
      AgreedValues agreed,
      List<GroupOutcome> outcomes,
      Set<String> held) {
    Map<String, @Nullable Object> row = target.after(record, lead, outcomes);
    List<RecordPlan.Change> changes = TargetRow.changes(lead.toChange(), row);
    return new RecordPlan(
        changes.isEmpty() ? RecordPlan.Kind.UNCHANGED : RecordPlan.Kind.UPDATE,
        record,
        row,
        changes,
        // A lead that is not written keeps its time; a dry run goes by it.
        changes.isEmpty() ? lead.updatedAt() : updatedAt(record, lead, agreed, outcomes),
        agreed,
        !agreed.equals(known) || lead.gone(),
        outcomes,
        TargetRow.patch(row, outcomes, held),
        List.of());
  }

  private GroupState state(
      FieldGroup group, IncomingRecord record, LeadRow lead, AgreedValues known, RunRules rules) {
    GroupValues agreed = known.agreed().get(group.name());
    GroupState state =
        new GroupState(
            group.name(),
            rules.first() != null && agreed == null ? rules.first() : group.policy(),
            new GroupState.Sides(record.group(group), inDoubt(lead.group(group), agreed, rules)),
            new GroupState.Times(record.modified(), lead.updatedAt(), known.modified()),
            new GroupState.Memory(
                agreed,
                known.intent().get(group.name()),
                known.written().get(group.name()),
                known.seen().get(group.name())));
    GroupState told = rules.first() == null ? UnsureGroup.settled(state, group) : state;
    return told.doubtedSince(rules.doubtedSince());
  }

  private static boolean isInDoubt(FieldGroup group, RunRules rules) {
    return group.fields().stream().anyMatch(f -> rules.linksInDoubt().contains(f.column()));
  }

  // A key of a table that is gone may be one of the new table's, of another row.
  private GroupValues inDoubt(GroupValues portal, @Nullable GroupValues agreed, RunRules rules) {
    GroupValues left = portal;
    for (String column : portal.values().keySet()) {
      Object held = portal.get(column);
      if (rules.linksInDoubt().contains(column)
          && !Objects.equals(held, agreed == null ? null : agreed.get(column))) {
        left = left.with(column, StoredLinks.inDoubt(mapping.column(column), held));
      }
    }
    return left;
  }

  private AgreedValues agreed(
      IncomingRecord record, LeadRow lead, AgreedValues known, List<GroupOutcome> outcomes) {
    Map<String, GroupValues> agreed = new LinkedHashMap<>(known.agreed());
    Map<String, GroupValues> intent = new LinkedHashMap<>(known.intent());
    PortalTexts texts = new PortalTexts(known);
    boolean pending = undecidedPending(lead, known, outcomes);
    boolean settled = true;
    for (GroupOutcome outcome : outcomes) {
      if (outcome.agreesOnAirtable() || hasArrived(outcome)) {
        agreed.put(outcome.group().name(), outcome.state().airtable());
        intent.remove(outcome.group().name());
      }
      texts.left(outcome, agreed.get(outcome.group().name()));
      pending |= outcome.push() || outcome.unreadable();
      settled &= outcome.decision().kind() != Decision.Kind.BLOCKED;
    }
    Instant modified = settled && !pending ? seen(record) : known.modified();
    return new AgreedValues(
        agreed,
        intent,
        modified,
        pending,
        texts.written(),
        texts.seen(),
        known.altered(),
        known.former());
  }

  // A push whose answer was lost; the portal's next edit may already follow it.
  private static boolean hasArrived(GroupOutcome outcome) {
    return !outcome.unreadable() && outcome.state().holdsIntent();
  }

  private boolean undecidedPending(LeadRow lead, AgreedValues known, List<GroupOutcome> outcomes) {
    Set<String> decided = outcomes.stream().map(o -> o.group().name()).collect(Collectors.toSet());
    return mapping.groups().stream()
        .filter(group -> !decided.contains(group.name()))
        .anyMatch(group -> !lead.group(group).equals(known.agreed().get(group.name())));
  }

  // A record of which no group was read says nothing about when the lead was edited, either.
  private Instant updatedAt(
      IncomingRecord record, LeadRow lead, AgreedValues agreed, List<GroupOutcome> outcomes) {
    return mapping.groups().isEmpty() || !read(record).isEmpty()
        ? latest(record, lead, agreed, outcomes)
        : lead.updatedAt();
  }

  // Without a modification time every read of a record would seem to be a newer one.
  private Instant seen(IncomingRecord record) {
    return mapping.hasModifiedField() ? record.modified() : record.created();
  }

  // Never "now": that is what would make the next run push every pulled record back.
  private static Instant latest(
      IncomingRecord record, LeadRow lead, AgreedValues agreed, List<GroupOutcome> outcomes) {
    boolean merged =
        outcomes.stream().anyMatch(o -> o.pull() && o.decision().winner() == Winner.MERGED);
    return agreed.pending() && !merged
        ? lead.updatedAt()
        : later(lead.updatedAt(), record.modified());
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
