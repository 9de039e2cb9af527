package io.reconciler.merge;

import io.reconciler.merge.Decision.Kind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The decision of one field group, as one pure function. */
public final class Decide {

  /** Airtable shows whole seconds, rounded: times closer than this can't be put in order. */
  private static final Duration TIE = Duration.ofSeconds(1);

  private Decide() {}

  /** Decides the group; the same state always gets the same decision, and none throws. */
  public static Decision decide(GroupState state, Granularity granularity) {
    return decide(state, granularity, null);
  }

  /**
   * The same, told whose values count where nothing was ever agreed on.
   *
   * @param first newest, airtable or portal; null for the rule that loses nothing: a filled value
   *     goes over an empty one
   */
  public static Decision decide(
      GroupState state, Granularity granularity, @Nullable ConflictPolicy first) {
    GroupValues airtable = state.airtable();
    GroupValues portal = state.portal();
    if (airtable.equals(portal)) {
      return Decision.of(airtable.equals(state.agreed()) ? Kind.IN_SYNC : Kind.AGREE, portal);
    }
    if (state.firstDifference()) {
      Optional<Decision> decided = first == null ? filled(state) : Optional.of(told(state, first));
      if (decided.isPresent()) {
        return decided.get();
      }
    }
    GroupValues base = state.base();
    boolean portalChanged = !portal.equals(base);
    if (granularity == Granularity.RECORD && portalChanged && state.touchedLaterInAirtable()) {
      return airtableWins(state);
    }
    if (airtable.equals(base)) {
      return push(portal);
    }
    return portalChanged ? settle(state, state.policy()) : pull(state);
  }

  private static Optional<Decision> filled(GroupState state) {
    if (state.airtable().covers(state.portal())) {
      return Optional.of(pull(state));
    }
    return state.portal().covers(state.airtable())
        ? Optional.of(push(state.portal()))
        : Optional.empty();
  }

  private static Decision told(GroupState state, ConflictPolicy first) {
    Decision told = settle(state, first);
    if (told.winner() == Winner.AIRTABLE && told.losesNothing(state)) {
      return pull(state);
    }
    return told.winner() == Winner.PORTAL && told.losesNothing(state)
        ? Decision.of(Kind.PUSH, state.portal())
        : told;
  }

  private static Decision push(GroupValues portal) {
    return Decision.of(portal.convertible() ? Kind.PUSH : Kind.BLOCKED, portal);
  }

  private static Decision pull(GroupState state) {
    return state.airtable().convertible()
        ? Decision.of(Kind.PULL, state.airtable())
        : Decision.of(Kind.BLOCKED, state.portal());
  }

  private static Decision settle(GroupState state, ConflictPolicy policy) {
    return switch (policy) {
      case NEWEST -> newestWins(state);
      case AIRTABLE -> airtableWins(state);
      case PORTAL -> portalWins(state);
      case MERGE_LINES -> merge(state).orElseGet(() -> newestWins(state));
    };
  }

  private static Decision newestWins(GroupState state) {
    Duration portalLead = Duration.between(state.airtableModified(), state.portalModified());
    return portalLead.compareTo(TIE) >= 0 ? portalWins(state) : airtableWins(state);
  }

  private static Decision airtableWins(GroupState state) {
    return state.airtable().convertible()
        ? Decision.conflict(Winner.AIRTABLE, state.airtable())
        : Decision.of(Kind.BLOCKED, state.portal());
  }

  private static Decision portalWins(GroupState state) {
    return state.portal().convertible()
        ? Decision.conflict(Winner.PORTAL, state.portal())
        : Decision.of(Kind.BLOCKED, state.portal());
  }

  private static Optional<Decision> merge(GroupState state) {
    GroupValues portal = state.portal();
    if (portal.values().size() != 1) {
      return Optional.empty();
    }
    String column = portal.values().keySet().iterator().next();
    Object base = state.agreed() == null ? null : state.agreed().get(column);
    Object airtable = state.airtable().get(column);
    if (!isText(base) || !isText(airtable) || !isText(portal.get(column))) {
      return Optional.empty();
    }
    return MergeLines.merge((String) base, (String) airtable, (String) portal.get(column))
        .map(text -> portal.with(column, text.isEmpty() ? null : text))
        .map(target -> Decision.conflict(Winner.MERGED, target));
  }

  private static boolean isText(@Nullable Object value) {
    return value == null || value instanceof String;
  }
}
