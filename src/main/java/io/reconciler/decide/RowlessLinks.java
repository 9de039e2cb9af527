package io.reconciler.decide;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The decision of a group whose portal's links may point at rows that are not there: such a key is
 * no value, so Airtable's takes its place, and the rest of the group is decided as ever. Pure.
 */
public final class RowlessLinks {

  private RowlessLinks() {}

  /**
   * Decides the group.
   *
   * @param rested whether whoever may have written such a key had the time to make its row
   */
  public static Decision decide(
      GroupState state, Granularity granularity, @Nullable ConflictPolicy first, boolean rested) {
    GroupValues mended = mended(state, rested);
    if (!mended.equals(state.portal())) {
      Decision decision = Decide.decide(state.withPortal(mended), granularity, first);
      if (decision.kind() != Decision.Kind.BLOCKED) {
        return decision;
      }
    }
    return Decide.decide(state, granularity, first);
  }

  private static GroupValues mended(GroupState state, boolean rested) {
    GroupValues mended = state.portal();
    for (String column : state.portal().values().keySet()) {
      if (state.portal().rowless(column) && mayReplace(state, column, rested)) {
        mended = mended.with(column, state.airtable().get(column));
      }
    }
    return mended;
  }

  // Where Airtable holds nothing and never did, there is nothing to put in its place: somebody
  // wrote the key.
  private static boolean mayReplace(GroupState state, String column, boolean rested) {
    Object airtable = state.airtable().get(column);
    Object agreed = state.agreed() == null ? null : state.agreed().get(column);
    if (airtable instanceof Unconvertible || (airtable == null && agreed == null)) {
      return false;
    }
    return rested || !state.mayBeEdited() || !Objects.equals(airtable, agreed);
  }
}
