package io.reconciler.decide;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of one field group.
 *
 * @param kind what was found
 * @param winner whose value a conflict keeps; null for every other kind
 * @param target what both sides shall hold; the portal's values if blocked
 */
public record Decision(Kind kind, @Nullable Winner winner, GroupValues target) {

  public enum Kind {
    /** Both sides hold the agreed values. */
    IN_SYNC,
    /** Both sides hold the same values, which are not the agreed ones yet. */
    AGREE,
    /** Only Airtable changed. */
    PULL,
    /** Only the portal changed. */
    PUSH,
    /** Both changed, differently; decided by the policy, and a matter for the ledger. */
    CONFLICT,
    /** Airtable's values should be taken but can't be converted; both sides stay as they are. */
    BLOCKED
  }

  static Decision of(Kind kind, GroupValues target) {
    return new Decision(kind, null, target);
  }

  static Decision conflict(Winner winner, GroupValues target) {
    return new Decision(Kind.CONFLICT, winner, target);
  }

  /** True if a settled conflict left nothing behind: all that either side held is in the target. */
  public boolean losesNothing(GroupState state) {
    return kind == Kind.CONFLICT && kept(state.airtable()) && kept(state.portal());
  }

  private boolean kept(GroupValues side) {
    return winner == Winner.MERGED
        ? MergeLines.keeps(target, side)
        : target.equals(side) || target.covers(side);
  }

  /** True if carrying the decision out changes the portal's values. */
  public boolean writesPortal(GroupState state) {
    return kind != Kind.BLOCKED && !target.equals(state.portal());
  }

  /** True if carrying the decision out changes Airtable's values. */
  public boolean writesAirtable(GroupState state) {
    return kind != Kind.BLOCKED && !target.equals(state.airtable());
  }
}
