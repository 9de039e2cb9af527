package io.reconciler.engine.repair;

import io.reconciler.decide.ConflictPolicy;
import io.reconciler.decide.Decide;
import io.reconciler.decide.Decision;
import io.reconciler.decide.Granularity;
import io.reconciler.decide.GroupState;
import io.reconciler.decide.GroupValues;
import io.reconciler.decide.Winner;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.postgres.AgreedValues;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a conflict was about and how it was decided. Pure.
 *
 * @param target what both sides got by it
 */
record DecidedConflict(
    FieldGroup group, Winner winner, GroupValues airtable, GroupValues portal, GroupValues target) {

  /** Of an entry; empty when the mapping has another idea of its group by now. */
  static Optional<DecidedConflict> of(ConflictEntry entry, FieldGroup group) {
    GroupValues airtable = AgreedValues.group(entry.airtable(), group);
    GroupValues portal = AgreedValues.group(entry.portal(), group);
    if (airtable == null || portal == null) {
      return Optional.empty();
    }
    Optional<GroupValues> target =
        switch (entry.winner()) {
          case AIRTABLE -> Optional.of(airtable);
          case PORTAL -> Optional.of(portal);
          case MERGED -> merged(entry, group, airtable, portal);
        };
    return target.map(both -> new DecidedConflict(group, entry.winner(), airtable, portal, both));
  }

  GroupValues of(Winner side) {
    return side == Winner.AIRTABLE ? airtable : portal;
  }

  /** Whether one of the group's columns is among these. */
  boolean lacks(Set<String> leftOut) {
    return group.fields().stream().anyMatch(field -> leftOut.contains(field.column()));
  }

  /**
   * Whether the sides still stand as the conflict left them: with what both got by it, or with
   * Airtable waiting for its part of it.
   */
  boolean stands(GroupValues airtableNow, GroupValues portalNow) {
    return portalNow.equals(target) && (airtableNow.equals(target) || airtableNow.equals(airtable));
  }

  private static Optional<GroupValues> merged(
      ConflictEntry entry, FieldGroup group, GroupValues airtable, GroupValues portal) {
    GroupValues agreed =
        entry.agreed().isObject() ? AgreedValues.group(entry.agreed(), group) : null;
    Decision decision =
        Decide.decide(
            new GroupState(
                group.name(),
                ConflictPolicy.MERGE_LINES,
                new GroupState.Sides(airtable, portal),
                new GroupState.Times(entry.airtableModified(), entry.portalModified(), null),
                // The ledger does not say what the portal knew: as a rule nothing that it lacks.
                new GroupState.Memory(agreed, null, new GroupValues(Map.of()), null)),
            Granularity.FIELD);
    // An older version called it a merge when one side was empty and nothing was agreed on.
    boolean filled = agreed == null && decision.kind() != Decision.Kind.CONFLICT;
    return filled || decision.winner() == Winner.MERGED
        ? Optional.of(decision.target())
        : Optional.empty();
  }
}
