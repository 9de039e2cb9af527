package io.reconciler.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.decide.Decision.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How a group is decided whose link, in PostgreSQL, has no row, or a row without a record. */
class RowlessDecisionTest {

  private static final Instant AGREED = Instant.parse("2026-03-04T05:00:00Z");
  private static final Unconvertible ROWLESS =
      new Unconvertible("{\"@rowless\":[7]}", "links key 7, which has no row in companies");
  private static final Unconvertible WAITS = new Unconvertible("{\"@waits\":[7]}", "waits");

  @ParameterizedTest(name = "agreed {0}, Airtable {1}, {2} s later, rested {3}: {4}")
  @CsvSource(
      nullValues = "~",
      value = {
        "a, a, 0, false, IN_SYNC",
        "a, a, -1, false, IN_SYNC",
        "a, a, 1, false, BLOCKED",
        "a, a, 60, false, BLOCKED",
        "a, a, 60, true, IN_SYNC",
        "a, b, 60, false, AGREE",
        "a, ~, 60, false, AGREE",
        "~, ~, 0, true, BLOCKED",
        "~, b, 60, false, AGREE"
      })
  void airtables_link_takes_the_place_of_a_key_without_a_row(
      @Nullable String agreed, @Nullable String airtable, int later, boolean rested, Kind kind) {
    GroupState state =
        state(link(agreed), link(airtable), GroupValues.of("company", ROWLESS), later);

    Decision decision = RowlessLinks.decide(state, Granularity.FIELD, null, rested);

    assertThat(decision.kind()).isEqualTo(kind);
    assertThat(decision.writesAirtable(state)).isFalse();
    assertThat(decision.writesPortal(state)).isEqualTo(kind != Kind.BLOCKED);
    assertThat(decision.target())
        .isEqualTo(kind == Kind.BLOCKED ? state.portal() : state.airtable());
  }

  @Test
  void a_link_that_airtable_can_not_give_either_stays_as_it_is() {
    GroupValues bad = GroupValues.of("company", new Unconvertible("[\"recA\"]", "has no row"));
    GroupState state = state(link("a"), bad, GroupValues.of("company", ROWLESS), 0);

    Decision decision = RowlessLinks.decide(state, Granularity.FIELD, null, true);

    assertThat(decision.kind()).isEqualTo(Kind.BLOCKED);
    assertThat(decision.target()).isEqualTo(state.portal());
  }

  @Test
  void the_rest_of_the_group_is_decided_as_ever() {
    GroupState state =
        state(
            link("a").with("price", "9"),
            link("a").with("price", "9"),
            GroupValues.of("company", ROWLESS, "price", "10"),
            60);

    Decision decision = RowlessLinks.decide(state, Granularity.FIELD, null, true);

    assertThat(decision).isEqualTo(new Decision(Kind.PUSH, null, link("a").with("price", "10")));
  }

  @Test
  void a_cell_that_can_not_be_read_beside_it_leaves_both_as_they_are() {
    Unconvertible bad = new Unconvertible("[]", "is no text");
    GroupState state =
        state(
            link("a").with("price", "9"),
            link("a").with("price", bad),
            GroupValues.of("company", ROWLESS, "price", "9"),
            0);

    Decision decision = RowlessLinks.decide(state, Granularity.FIELD, null, true);

    assertThat(decision).isEqualTo(new Decision(Kind.BLOCKED, null, state.portal()));
  }

  @Test
  void a_link_that_waits_for_a_record_wins_as_any_value_does() {
    GroupValues waiting = GroupValues.of("company", WAITS);

    assertThat(decided(state(link("a"), link("b"), waiting, 60), null))
        .isEqualTo(new Decision(Kind.CONFLICT, Winner.PORTAL, waiting));
    assertThat(decided(state(link("a"), link("b"), waiting, -60), null))
        .isEqualTo(new Decision(Kind.CONFLICT, Winner.AIRTABLE, link("b")));
    assertThat(decided(state(link("a"), link("a"), waiting, 60), null).kind())
        .isEqualTo(Kind.BLOCKED);
  }

  @ParameterizedTest
  @EnumSource(names = {"PORTAL", "NEWEST"})
  void a_first_link_that_waits_is_not_sent_either(ConflictPolicy first) {
    GroupState state =
        state(null, GroupValues.of("company", null), GroupValues.of("company", WAITS), 60);

    assertThat(decided(state, first).kind()).isEqualTo(Kind.BLOCKED);
  }

  private static Decision decided(GroupState state, @Nullable ConflictPolicy first) {
    return RowlessLinks.decide(state, Granularity.FIELD, first, true);
  }

  private static GroupValues link(@Nullable String record) {
    return GroupValues.of("company", record == null ? null : List.of(record));
  }

  private static GroupState state(
      @Nullable GroupValues agreed, GroupValues airtable, GroupValues portal, int later) {
    return new GroupState(
        "employer",
        ConflictPolicy.NEWEST,
        new GroupState.Sides(airtable, portal),
        new GroupState.Times(AGREED, AGREED.plusSeconds(later), AGREED),
        GroupState.Memory.of(agreed, null));
  }
}
