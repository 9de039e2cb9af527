package io.reconciler.decide;

import io.reconciler.decide.Decision.Kind;
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
    if (state.firstDifference() && (first != null || !state.doubted())) {
      Optional<Decision> decided = first == null ? filled(state) : Optional.of(told(state, first));
      if (decided.isPresent()) {
        return decided.get();
      }
    }
    if (state.doubted()) {
      return settle(state, state.policy());
    }
    GroupValues base = state.base();
    boolean portalChanged = state.portalChanged();
    if (granularity == Granularity.RECORD && portalChanged && state.touchedLaterInAirtable()) {
      return airtableWins(state);
    }
    if (airtable.equals(base)) {
      return push(state);
    }
    return portalChanged ? settle(state, state.policy()) : pull(state);
  }

  /**
   * Decides a group that the portal owned when both sides last agreed and that is Airtable's now:
   * Airtable's values count, and an edit of the portal that never got there loses a conflict.
   */
  public static Decision overrule(GroupState state) {
    if (state.airtable().equals(state.portal())) {
      return Decision.of(Kind.AGREE, state.portal());
    }
    boolean edited = state.doubted() || state.portalChanged();
    return edited ? airtableWins(state) : pull(state);
  }

  private static Optional<Decision> filled(GroupState state) {
    if (state.airtable().covers(state.portal())) {
      return Optional.of(pull(state));
    }
    return state.portal().covers(state.airtable())
        ? Optional.of(send(state.portal()))
        : Optional.empty();
  }

  private static Decision told(GroupState state, ConflictPolicy first) {
    Decision told = settle(state, first);
    if (told.winner() == Winner.AIRTABLE && told.losesNothing(state)) {
      return pull(state);
    }
    return told.winner() == Winner.PORTAL && told.losesNothing(state) ? send(state.portal()) : told;
  }

  private static Decision send(GroupValues portal) {
    return Decision.of(portal.convertible() ? Kind.PUSH : Kind.BLOCKED, portal);
  }

  // Lines that Airtable added since the portal last wrote were not known to whoever left them out,
  // nor was it known to whoever brings lines back that Airtable took away since.
  private static Decision push(GroupState state) {
    String column = textColumn(state);
    if (column == null || !state.isNewInPortal() || !touchesOthersLines(state, column)) {
      return send(state.portal());
    }
    GroupValues kept = state.portal().with(column, restored(state, column));
    return kept.equals(state.portal()) ? portalWins(state) : Decision.conflict(Winner.MERGED, kept);
  }

  private static boolean touchesOthersLines(GroupState state, String column) {
    GroupValues base = state.base();
    if (base == null) {
      return false;
    }
    String agreed = (String) base.get(column);
    String portal = (String) state.portal().get(column);
    return MergeLines.lacks(portal, agreed)
        || MergeLines.revives(
            (String) state.writtenBefore().get(column),
            (String) state.left().get(column),
            agreed,
            portal);
  }

  private static @Nullable String restored(GroupState state, String column) {
    String portal = (String) state.portal().get(column);
    GroupValues base = state.base();
    if (base == null || !state.isNewInPortal()) {
      return portal;
    }
    return MergeLines.restore(
        (String) state.writtenBefore().get(column), (String) base.get(column), portal);
  }

  /** The only column of a group that is merged line by line; null when it is none or no text. */
  private static @Nullable String textColumn(GroupState state) {
    if (state.policy() != ConflictPolicy.MERGE_LINES || state.portal().values().size() != 1) {
      return null;
    }
    String column = state.portal().values().keySet().iterator().next();
    boolean text =
        isText(state.airtable().get(column))
            && isText(state.portal().get(column))
            && isText(state.writtenBefore().get(column))
            && (state.agreed() == null || isText(state.agreed().get(column)));
    return text ? column : null;
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
    Duration portalLead = Duration.between(state.times().airtable(), state.times().portal());
    return portalLead.compareTo(TIE) >= 0 ? portalWins(state) : airtableWins(state);
  }

  private static Decision airtableWins(GroupState state) {
    return state.airtable().convertible()
        ? Decision.conflict(Winner.AIRTABLE, state.airtable())
        : Decision.of(Kind.BLOCKED, state.portal());
  }

  // A link that waits for a record wins as any value does; it is only sent later.
  private static Decision portalWins(GroupState state) {
    return state.portal().convertible() || state.portal().waits()
        ? Decision.conflict(Winner.PORTAL, state.portal())
        : Decision.of(Kind.BLOCKED, state.portal());
  }

  private static Optional<Decision> merge(GroupState state) {
    String column = textColumn(state);
    if (column == null) {
      return Optional.empty();
    }
    Object base = state.agreed() == null ? null : state.agreed().get(column);
    return MergeLines.merge(
            (String) base, (String) state.airtable().get(column), restored(state, column))
        .map(text -> state.portal().with(column, text.isEmpty() ? null : text))
        .map(target -> Decision.conflict(Winner.MERGED, target));
  }

  private static boolean isText(@Nullable Object value) {
    return value == null || value instanceof String;
  }
}
