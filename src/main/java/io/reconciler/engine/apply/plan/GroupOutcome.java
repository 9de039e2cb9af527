package io.reconciler.engine.apply.plan;

import io.reconciler.decide.Decision;
import io.reconciler.decide.GroupState;
import io.reconciler.side.mapping.FieldGroup;

/** What was decided for one field group, and from what. */
public record GroupOutcome(FieldGroup group, GroupState state, Decision decision) {

  /** Whether both sides had changed, differently. */
  public boolean conflict() {
    return decision.kind() == Decision.Kind.CONFLICT;
  }

  /** Whether a conflict left nothing behind that somebody could want back. */
  public boolean nothingLost() {
    return decision.losesNothing(state);
  }

  /** Whether Airtable has to get another value, which can be sent. */
  public boolean push() {
    return decision.writesAirtable(state) && !unreadable();
  }

  /** Whether the lead has to get another value. */
  public boolean pull() {
    return decision.writesPortal(state);
  }

  /** Whether it has to wait for the portal, which holds, and keeps, a value that no cell can. */
  public boolean unreadable() {
    return !state.portal().convertible()
        && !decision.target().convertible()
        && (decision.kind() == Decision.Kind.BLOCKED || conflict());
  }

  /** Whether that column's link to a row that is not there makes way for Airtable's value. */
  boolean replaces(String column) {
    return state.portal().rowless(column) && pull();
  }

  /** Whether it has to wait for the portal's link to get a record, and nobody can do more. */
  public boolean waits() {
    return unreadable() && state.portal().waits();
  }

  /** Whether Airtable's value is now the agreed one: always, but for a plain push or a bad cell. */
  public boolean agreesOnAirtable() {
    return switch (decision.kind()) {
      case IN_SYNC, AGREE, PULL, CONFLICT -> true;
      case PUSH, BLOCKED -> false;
    };
  }
}
