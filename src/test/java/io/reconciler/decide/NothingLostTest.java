package io.reconciler.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a settled conflict left nothing behind, so that nobody has to look at it. */
class NothingLostTest {

  @ParameterizedTest(name = "{0} | {1} merged to {2}: {3}")
  @CsvSource(
      delimiter = ';',
      nullValues = "~",
      value = {
        "a; b; a/b; true",
        "a; b; b/a; true",
        "a//; b; a/b; true",
        "a; ~; a; true",
        "a; b; a; false",
        "a; b; b; false",
        "a; b; ~; false",
        "~; ~; ~; true",
        "a/c; b; a/b; false",
        "ab; b; a/b; false"
      })
  void a_merge_loses_nothing_that_has_every_line_of_both_sides(
      @Nullable String airtable, @Nullable String portal, @Nullable String target, boolean kept) {
    Decision merged = Decision.conflict(Winner.MERGED, notes(target));

    assertThat(merged.losesNothing(state(notes(airtable), notes(portal)))).isEqualTo(kept);
  }

  @Test
  void a_value_that_can_not_be_read_is_never_merged() {
    GroupValues bad = GroupValues.of("notes", new Unconvertible("raw", "is bad"));
    Decision merged = Decision.conflict(Winner.MERGED, notes("a"));

    assertThat(merged.losesNothing(state(bad, notes("a")))).isFalse();
    assertThat(merged.losesNothing(state(notes("a"), bad))).isFalse();
  }

  @ParameterizedTest(name = "{0} | {1} decided to {2}: {3}")
  @CsvSource(
      nullValues = "~",
      value = {"a, a, a, true", "a, ~, a, true", "a, b, a, false", "~, b, ~, false"})
  void a_winner_loses_nothing_that_holds_what_the_other_held(
      @Nullable String airtable, @Nullable String portal, @Nullable String target, boolean kept) {
    Decision decided = Decision.conflict(Winner.AIRTABLE, notes(target));

    assertThat(decided.losesNothing(state(notes(airtable), notes(portal)))).isEqualTo(kept);
  }

  @Test
  void only_a_conflict_is_one_in_which_nothing_was_lost() {
    GroupValues same = notes("a");

    assertThat(Decision.of(Decision.Kind.PULL, same).losesNothing(state(same, same))).isFalse();
  }

  private static GroupValues notes(@Nullable String text) {
    return GroupValues.of("notes", text == null ? null : text.replace('/', '\n'));
  }

  private static GroupState state(GroupValues airtable, GroupValues portal) {
    return new GroupState(
        "notes",
        ConflictPolicy.MERGE_LINES,
        new GroupState.Sides(airtable, portal),
        new GroupState.Times(Instant.EPOCH, Instant.EPOCH, null),
        GroupState.Memory.of(null, null));
  }
}
