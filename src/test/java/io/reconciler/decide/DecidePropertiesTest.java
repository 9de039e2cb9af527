package io.reconciler.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.decide.Decision.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class DecidePropertiesTest {

  private static final Instant START = Instant.parse("2026-03-04T05:00:00Z");

  @Property
  void equal_sides_are_never_written(
      @ForAll("states") GroupState state, @ForAll Granularity granularity) {
    GroupState equal = sides(state, state.portal(), state.portal(), state.agreed());

    Decision decision = Decide.decide(equal, granularity);

    assertThat(decision.kind()).isIn(Kind.IN_SYNC, Kind.AGREE);
    assertThat(decision.writesAirtable(equal) || decision.writesPortal(equal)).isFalse();
  }

  @Property
  void a_decision_once_carried_out_leaves_nothing_to_do(
      @ForAll("states") GroupState state, @ForAll Granularity granularity) {
    Decision decision = Decide.decide(state, granularity);
    if (decision.kind() != Kind.BLOCKED) {
      GroupState after = sides(state, decision.target(), decision.target(), decision.target());

      assertThat(Decide.decide(after, granularity).kind()).isEqualTo(Kind.IN_SYNC);
    }
  }

  @Property
  void a_target_is_what_a_side_holds_unless_it_is_merged(
      @ForAll("states") GroupState state, @ForAll Granularity granularity) {
    Decision decision = Decide.decide(state, granularity);

    if (decision.winner() == Winner.MERGED) {
      assertThat(decision.target().convertible()).isTrue();
    } else {
      assertThat(decision.target()).isIn(state.airtable(), state.portal());
    }
  }

  @Property
  void the_loser_of_a_conflict_differs_from_the_target(
      @ForAll("states") GroupState state, @ForAll Granularity granularity) {
    Decision decision = Decide.decide(state, granularity);

    assertThat(decision.winner() != null).isEqualTo(decision.kind() == Kind.CONFLICT);
    if (decision.winner() == Winner.AIRTABLE) {
      assertThat(decision.target()).isEqualTo(state.airtable()).isNotEqualTo(state.portal());
    }
    if (decision.winner() == Winner.PORTAL) {
      assertThat(decision.target()).isEqualTo(state.portal()).isNotEqualTo(state.airtable());
    }
  }

  @Property
  void an_unconvertible_cell_never_reaches_the_portal(
      @ForAll("states") GroupState state, @ForAll Granularity granularity) {
    Decision decision = Decide.decide(state, granularity);

    assertThat(decision.writesPortal(state) && !decision.target().convertible()).isFalse();
  }

  @Property
  void a_blocked_group_stays_as_it_is_on_both_sides(
      @ForAll("states") GroupState state, @ForAll Granularity granularity) {
    GroupState bad =
        sides(state, GroupValues.of("notes", bad("new")), state.portal(), state.agreed());

    Decision decision = Decide.decide(bad, granularity);

    assertThat(decision.kind()).isIn(Kind.BLOCKED, Kind.CONFLICT);
    assertThat(decision.writesPortal(bad)).isFalse();
    assertThat(decision.writesAirtable(bad)).isEqualTo(decision.winner() == Winner.PORTAL);
  }

  @Property
  void a_portal_that_won_is_pushed_once_its_opponent_is_agreed(@ForAll("states") GroupState state) {
    Decision decision = Decide.decide(state, Granularity.FIELD);
    if (decision.winner() == Winner.PORTAL) {
      GroupState later = sides(state, state.airtable(), state.portal(), state.airtable());

      assertThat(Decide.decide(later, Granularity.FIELD))
          .isEqualTo(Decision.of(Kind.PUSH, state.portal()));
    }
  }

  @Property
  void our_own_unanswered_push_is_never_a_conflict(
      @ForAll("states") GroupState state, @ForAll Granularity granularity) {
    GroupState crashed =
        new GroupState(
            state.group(),
            state.policy(),
            new GroupState.Sides(state.airtable(), state.portal()),
            state.times(),
            new GroupState.Memory(state.agreed(), state.airtable(), null, state.portal()));

    assertThat(Decide.decide(crashed, granularity).kind())
        .isIn(Kind.IN_SYNC, Kind.AGREE, Kind.PUSH);
  }

  @Property
  void times_at_the_end_of_time_are_decided_too(@ForAll ConflictPolicy policy) {
    GroupState state =
        new GroupState(
            "notes",
            policy,
            new GroupState.Sides(GroupValues.of("notes", "a"), GroupValues.of("notes", "p")),
            new GroupState.Times(Instant.MAX, Instant.MIN, null),
            GroupState.Memory.of(null, null));

    assertThat(Decide.decide(state, Granularity.FIELD).kind()).isEqualTo(Kind.CONFLICT);
  }

  @Property
  void what_was_never_agreed_on_loses_no_value_to_an_empty_side(
      @ForAll("states") GroupState state, @ForAll Granularity granularity) {
    GroupState first = sides(state, state.airtable(), state.portal(), null);

    Decision decision = Decide.decide(first, granularity);

    GroupValues empty = GroupValues.of("notes", null);
    if (decision.target().equals(empty) && decision.winner() != Winner.MERGED) {
      assertThat(decision.writesAirtable(first) || decision.writesPortal(first)).isFalse();
    }
  }

  @Property
  void a_conflict_that_loses_nothing_left_all_that_either_side_held(
      @ForAll("states") GroupState state, @ForAll Granularity granularity) {
    Decision decision = Decide.decide(state, granularity);
    if (decision.losesNothing(state)) {
      for (GroupValues side : List.of(state.airtable(), state.portal())) {
        String held = String.valueOf(side.get("notes"));
        assertThat(side.get("notes") == null || lines(decision.target()).containsAll(lines(held)))
            .isTrue();
      }
    }
  }

  private static List<String> lines(Object text) {
    Object value = text instanceof GroupValues values ? values.get("notes") : text;
    return String.valueOf(value).lines().toList();
  }

  @Provide
  Arbitrary<GroupState> states() {
    return Combinators.combine(
            Arbitraries.of(ConflictPolicy.class),
            values().injectNull(0.3),
            values().injectNull(0.7),
            values(),
            portalValues(),
            times(),
            times(),
            times().injectNull(0.3))
        .as(
            (policy, agreed, intent, airtable, portal, airtableModified, portalModified, seen) ->
                new GroupState(
                    "notes",
                    policy,
                    new GroupState.Sides(airtable, portal),
                    new GroupState.Times(airtableModified, portalModified, seen),
                    GroupState.Memory.of(agreed, intent)));
  }

  /** Few values, so that equal ones meet often. */
  private static Arbitrary<GroupValues> values() {
    return Arbitraries.of(Arrays.asList(null, "x", "y", "x\ny", "x\nz", "z\nx", bad("1"), bad("2")))
        .map(value -> GroupValues.of("notes", value));
  }

  private static Arbitrary<GroupValues> portalValues() {
    return values().filter(GroupValues::convertible);
  }

  private static Arbitrary<Instant> times() {
    return Arbitraries.longs().between(0, 4_000).map(START::plusMillis);
  }

  private static Unconvertible bad(String raw) {
    return new Unconvertible(raw, "is bad");
  }

  private static GroupState sides(
      GroupState state, GroupValues airtable, GroupValues portal, @Nullable GroupValues agreed) {
    return new GroupState(
        state.group(),
        state.policy(),
        new GroupState.Sides(airtable, portal),
        state.times(),
        new GroupState.Memory(agreed, null, null, portal));
  }
}
