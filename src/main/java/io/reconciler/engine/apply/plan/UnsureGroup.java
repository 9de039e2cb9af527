package io.reconciler.engine.apply.plan;

import io.reconciler.decide.GroupState;
import io.reconciler.decide.GroupValues;
import io.reconciler.side.mapping.FieldGroup;
import java.util.Objects;

/**
 * A field group of which nothing is agreed on but what Airtable may show: that was agreed on before
 * a field's type was changed, or sent without an answer. Pure.
 */
final class UnsureGroup {

  private UnsureGroup() {}

  /** The same state, with what Airtable's cells tell of that taken for agreed on. */
  static GroupState settled(GroupState state, FieldGroup group) {
    GroupValues shown = state.memory().intent();
    if (state.agreed() != null || shown == null) {
      return state;
    }
    if (state.holdsIntent()) {
      return with(state, shown);
    }
    if (isEmptied(state, group, shown)) {
      return emptied(state);
    }
    // What the portal has cleared is no column that was always empty.
    boolean cleared =
        !state.portal().equals(shown)
            && shown.covers(state.portal())
            && state.airtable().covers(state.portal());
    return cleared ? with(state, shown) : state;
  }

  private static boolean isEmptied(GroupState state, FieldGroup group, GroupValues shown) {
    GroupValues airtable = state.airtable();
    return group.fields().stream()
        .allMatch(
            field ->
                Objects.equals(airtable.get(field.column()), shown.get(field.column()))
                    || field.isEmpty(airtable.get(field.column())));
  }

  private static GroupState with(GroupState state, GroupValues agreed) {
    GroupState.Memory memory = state.memory();
    return new GroupState(
        state.group(),
        state.policy(),
        state.sides(),
        state.times(),
        new GroupState.Memory(agreed, memory.intent(), memory.written(), memory.seen()));
  }

  // What the portal holds goes over, whoever else has touched the record: no person emptied it.
  private static GroupState emptied(GroupState state) {
    GroupState.Times times = state.times();
    return new GroupState(
        state.group(),
        state.policy(),
        state.sides(),
        new GroupState.Times(times.airtable(), times.portal(), times.airtable()),
        GroupState.Memory.of(state.airtable(), null));
  }
}
