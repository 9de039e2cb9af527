package io.reconciler.engine.apply.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.decide.Decision;
import io.reconciler.decide.GroupValues;
import io.reconciler.engine.run.Stage;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds of a planned page whatever it is planned for: every scenario's record and lead is
 * planned for every use, as if it had come that way.
 */
class PageContractTest {

  static Stream<PlannedUse> uses() {
    return PlannerScenario.all().stream()
        .flatMap(
            scenario -> Stream.of(Page.Purpose.values()).map(use -> PlannedUse.of(scenario, use)));
  }

  static Stream<PlannedUse> planned() {
    return uses().filter(PlannedUse::isPlanned);
  }

  static Stream<PlannedUse> withLead() {
    return planned().filter(use -> use.lead() != null);
  }

  static Stream<PlannedUse> sending() {
    return withLead().filter(PageContractTest::isSending);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("planned")
  void planning_what_was_written_again_changes_nothing(PlannedUse use) {
    PlannedUse again = use.again();

    assertThat(again.plan().kind()).isIn(RecordPlan.Kind.UNCHANGED, RecordPlan.Kind.IN_GRACE);
    assertThat(again.plan().changes()).isEmpty();
    assertThat(again.plan().conflicts()).isEmpty();
    assertThat(again.plan().agreedChanged()).isFalse();
    if (use.purpose() != Page.Purpose.CONFIRM_PUSH) {
      assertThat(again.plan().patch()).isEqualTo(use.plan().patch());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("planned")
  void the_changes_are_what_the_row_and_the_lead_differ_in(PlannedUse use) {
    RecordPlan plan = use.plan();
    Map<String, @Nullable Object> before = use.lead() == null ? Map.of() : use.lead().values();
    Map<String, @Nullable Object> after = new LinkedHashMap<>(before);
    plan.changes()
        .forEach(
            change -> {
              assertThat(change.from()).isEqualTo(before.get(change.column()));
              assertThat(change.to()).isNotEqualTo(change.from());
              after.put(change.column(), change.to());
            });

    assertThat(plan.row()).allSatisfy((c, value) -> assertThat(after.get(c)).isEqualTo(value));
    assertThat(plan.row().keySet()).containsAll(before.keySet());
    assertThat(plan.writesLead()).isEqualTo(use.lead() == null || !plan.changes().isEmpty());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withLead")
  void a_column_that_was_not_read_or_could_not_be_converted_keeps_its_value(PlannedUse use) {
    for (FieldMapping field : PlannedUse.MAPPING.airtableFields()) {
      if (!use.record().applies(field)) {
        assertThat(use.plan().row().get(field.column()))
            .isEqualTo(Objects.requireNonNull(use.lead()).values().get(field.column()));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("planned")
  void only_cells_that_are_the_portals_and_differ_are_sent_as_the_row_has_them(PlannedUse use) {
    use.plan()
        .patch()
        .forEach(
            (name, cell) -> {
              FieldMapping field = field(name);
              Object stands = field.normalise(use.plan().row().get(field.column()));
              assertThat(field.group()).isNotNull().isNotIn(use.held());
              assertThat(cell.isNull() ? null : cell.asText())
                  .isEqualTo(field.toCell(stands) == null ? null : text(field, stands));
              assertThat(
                      use.record().group(group(String.valueOf(field.group()))).get(field.column()))
                  .isNotEqualTo(stands);
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("planned")
  void once_a_patch_is_taken_both_sides_hold_the_same_of_its_groups(PlannedUse use) {
    for (FieldGroup group : PlannedUse.MAPPING.groups()) {
      if (group.fields().stream()
          .anyMatch(f -> use.plan().patch().containsKey(f.airtableField()))) {
        assertThat(use.recordAfter().group(group)).isEqualTo(use.rowAfter(group));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("planned")
  void what_is_agreed_on_is_what_airtable_holds_or_what_was_agreed_on_or_sent(PlannedUse use) {
    for (FieldGroup group : PlannedUse.MAPPING.groups()) {
      GroupValues agreed = use.plan().agreed().agreed().get(group.name());
      if (use.lead() != null && agreed != null) {
        assertThat(agreed)
            .isIn(
                use.record().group(group),
                use.known().agreed().get(group.name()),
                use.known().intent().get(group.name()));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("planned")
  void a_group_with_nothing_left_to_do_lies_in_the_row_as_it_is_agreed_on(PlannedUse use) {
    for (GroupOutcome outcome : use.plan().outcomes()) {
      if (!outcome.push() && outcome.decision().kind() != Decision.Kind.BLOCKED) {
        assertThat(use.rowAfter(outcome.group()))
            .isEqualTo(use.plan().agreed().agreed().get(outcome.group().name()))
            .isEqualTo(use.record().group(outcome.group()));
      }
    }
    if (use.lead() == null) {
      PlannedUse.MAPPING.groups().forEach(group -> assertAgreed(use, group));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("planned")
  void what_the_row_holds_otherwise_is_known_as_pending_or_waits_for_a_bad_cell(PlannedUse use) {
    if (use.plan().kind() == RecordPlan.Kind.IN_GRACE
        || (use.purpose().isPartial() && use.plan().outcomes().isEmpty())) {
      assertThat(use.plan().agreed()).isEqualTo(use.known());
    } else if (!use.plan().agreed().pending()) {
      Set<String> blocked = new HashSet<>();
      use.plan().outcomes().stream()
          .filter(outcome -> outcome.decision().kind() == Decision.Kind.BLOCKED)
          .forEach(outcome -> blocked.add(outcome.group().name()));
      PlannedUse.MAPPING.groups().stream()
          .filter(group -> !blocked.contains(group.name()))
          .forEach(group -> assertAgreed(use, group));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("planned")
  void an_edit_that_gives_way_stands_in_the_ledger_or_in_what_takes_its_place(PlannedUse use) {
    for (GroupOutcome outcome : use.plan().outcomes()) {
      GroupValues agreed = use.known().agreed().get(outcome.group().name());
      GroupValues intent = use.known().intent().get(outcome.group().name());
      GroupValues portal = outcome.state().portal();
      GroupValues airtable = outcome.state().airtable();
      GroupValues target = outcome.decision().target();
      if (outcome.pull() && !portal.equals(agreed) && !portal.equals(intent)) {
        assertThat(outcome.conflict() || target.covers(portal)).isTrue();
      }
      if (outcome.push() && !airtable.equals(agreed) && !airtable.equals(intent)) {
        assertThat(outcome.conflict() || target.covers(airtable)).isTrue();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("planned")
  void a_lead_gets_the_time_that_it_had_or_airtables_and_never_an_earlier_one(PlannedUse use) {
    Instant had = use.lead() == null ? use.record().modified() : use.lead().updatedAt();

    assertThat(use.plan().updatedAt()).isIn(had, use.record().modified()).isAfterOrEqualTo(had);
    if (!use.plan().writesLead()) {
      assertThat(use.plan().updatedAt()).isEqualTo(had);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("planned")
  void only_what_is_sent_becomes_the_intent(PlannedUse use) {
    Set<String> intent = use.plan().agreed().intent().keySet();
    if (use.purpose() == Page.Purpose.PREPARE_PUSH
        && use.plan().kind() != RecordPlan.Kind.IN_GRACE) {
      Set<String> sent = groups(use.plan());
      Set<String> unread = new HashSet<>(use.known().intent().keySet());
      use.plan().outcomes().forEach(outcome -> unread.remove(outcome.group().name()));
      assertThat(intent).isEqualTo(union(sent, unread));
      sent.forEach(
          name ->
              assertThat(use.plan().agreed().intent().get(name))
                  .isEqualTo(use.rowAfter(group(name))));
      unread.forEach(
          name ->
              assertThat(use.plan().agreed().intent().get(name))
                  .isEqualTo(use.known().intent().get(name)));
    } else {
      assertThat(use.known().intent().keySet()).containsAll(intent);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withLead")
  void a_read_of_some_fields_leaves_the_time_up_to_which_the_sides_agree(PlannedUse use) {
    if (use.purpose().isPartial()) {
      assertThat(use.plan().agreed().modified()).isEqualTo(use.known().modified());
    } else {
      assertThat(use.plan().agreed().modified())
          .isIn(use.known().modified(), use.record().modified());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("uses")
  void only_stage_1_makes_a_lead(PlannedUse use) {
    boolean makes = use.isPlanned() && use.plan().kind() == RecordPlan.Kind.INSERT;

    assertThat(makes).isEqualTo(use.lead() == null && use.purpose() == Page.Purpose.PULL);
    assertThat(use.isPlanned()).isEqualTo(use.lead() != null || makes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("planned")
  void every_cell_that_could_not_be_converted_is_told_of_by_stage_1_alone(PlannedUse use) {
    assertThat(use.planned().problems())
        .extracting(Problem::field)
        .containsExactlyInAnyOrderElementsOf(
            use.purpose().stage() == Stage.PULL
                ? use.record().failures().keySet()
                : Set.<String>of());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withLead")
  void a_lead_of_another_client_is_a_problem_and_not_touched(PlannedUse use) {
    LeadRow lead = Objects.requireNonNull(use.lead());
    LeadRow foreign =
        new LeadRow(UUID.randomUUID(), lead.recordId(), lead.updatedAt(), lead.values());

    PagePlan plan = PlannedUse.of(use.name(), use.page(), foreign, use.known()).planned();

    assertThat(plan.records()).isEmpty();
    assertThat(plan.problems()).extracting(Problem::recordId).containsExactly(lead.recordId());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sending")
  void what_stage_2_sends_and_airtable_takes_is_in_step_for_every_later_use(PlannedUse use) {
    PlannedUse confirmed = use.then(Page.Purpose.CONFIRM_PUSH);

    assertThat(confirmed.plan().changes()).isEmpty();
    assertThat(confirmed.plan().conflicts()).isEmpty();
    assertThat(confirmed.plan().patch()).isEmpty();
    groups(use.plan()).forEach(name -> assertAgreed(confirmed, group(name)));
    for (Page.Purpose later : Page.Purpose.values()) {
      PlannedUse after = confirmed.then(later);
      assertThat(after.plan().changes()).isEmpty();
      assertThat(after.plan().conflicts()).isEmpty();
      assertThat(groups(after.plan())).doesNotContainAnyElementsOf(groups(use.plan()));
    }
  }

  @ParameterizedTest
  @EnumSource(Page.Purpose.class)
  void a_page_of_many_records_plans_each_as_if_it_were_alone(Page.Purpose purpose) {
    List<PlannedUse> alone = uses().filter(use -> use.purpose() == purpose).toList();
    Map<String, LeadRow> leads = new HashMap<>();
    Map<String, AgreedValues> agreed = new HashMap<>();
    Map<String, Instant> selectedAt = new HashMap<>();
    Map<String, Set<String>> held = new HashMap<>();
    Map<String, Set<String>> sent = new HashMap<>();
    List<IncomingRecord> records = new ArrayList<>();
    for (PlannedUse use : alone) {
      records.add(use.record());
      if (use.lead() != null) {
        leads.put(use.record().id(), use.lead());
      }
      agreed.put(use.record().id(), use.known());
      selectedAt.putAll(use.page().selectedAt());
      held.putAll(use.page().held());
      sent.putAll(use.page().sent());
    }

    PagePlan together =
        PlannedUse.PLANNER.plan(
            new Page(purpose, records, selectedAt, held, sent, false, null),
            leads,
            agreed,
            PlannerScenario.CLIENT,
            PlannedUse.RUN,
            RunRules.NONE);

    assertThat(together.records())
        .isEqualTo(alone.stream().flatMap(use -> use.planned().records().stream()).toList());
    assertThat(together.problems())
        .isEqualTo(alone.stream().flatMap(use -> use.planned().problems().stream()).toList());
  }

  @ParameterizedTest
  @EnumSource(Page.Purpose.class)
  void the_same_holds_of_every_small_state(Page.Purpose purpose) {
    List<PlannedUse> states =
        SmallStates.all().map(state -> PlannedUse.of(state, purpose)).toList();

    states.forEach(use -> assertEach(use, this::only_stage_1_makes_a_lead));
    for (PlannedUse use : states) {
      if (use.isPlanned()) {
        assertEach(
            use,
            this::planning_what_was_written_again_changes_nothing,
            this::the_changes_are_what_the_row_and_the_lead_differ_in,
            this::only_cells_that_are_the_portals_and_differ_are_sent_as_the_row_has_them,
            this::once_a_patch_is_taken_both_sides_hold_the_same_of_its_groups,
            this::what_is_agreed_on_is_what_airtable_holds_or_what_was_agreed_on_or_sent,
            this::a_group_with_nothing_left_to_do_lies_in_the_row_as_it_is_agreed_on,
            this::what_the_row_holds_otherwise_is_known_as_pending_or_waits_for_a_bad_cell,
            this::an_edit_that_gives_way_stands_in_the_ledger_or_in_what_takes_its_place,
            this::a_lead_gets_the_time_that_it_had_or_airtables_and_never_an_earlier_one,
            this::only_what_is_sent_becomes_the_intent,
            this::every_cell_that_could_not_be_converted_is_told_of_by_stage_1_alone);
      }
      if (use.isPlanned() && use.lead() != null) {
        assertEach(
            use,
            this::a_column_that_was_not_read_or_could_not_be_converted_keeps_its_value,
            this::a_read_of_some_fields_leaves_the_time_up_to_which_the_sides_agree);
      }
      if (use.isPlanned() && isSending(use)) {
        assertEach(use, this::what_stage_2_sends_and_airtable_takes_is_in_step_for_every_later_use);
      }
    }
  }

  @Test
  void every_scenario_is_planned_for_every_use() {
    assertThat(uses()).hasSize(PlannerScenario.all().size() * Page.Purpose.values().length);
  }

  private static boolean isSending(PlannedUse use) {
    return use.purpose() == Page.Purpose.PREPARE_PUSH && !use.plan().patch().isEmpty();
  }

  @SafeVarargs
  private static void assertEach(PlannedUse use, Consumer<PlannedUse>... promises) {
    for (Consumer<PlannedUse> promise : promises) {
      try {
        promise.accept(use);
      } catch (AssertionError broken) {
        throw new AssertionError(use + ": " + broken.getMessage(), broken);
      }
    }
  }

  private static void assertAgreed(PlannedUse use, FieldGroup group) {
    assertThat(use.plan().agreed().agreed().get(group.name())).isEqualTo(use.rowAfter(group));
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  private static Set<String> groups(RecordPlan plan) {
    Set<String> groups = new TreeSet<>();
    plan.patch().keySet().forEach(name -> groups.add(String.valueOf(field(name).group())));
    return groups;
  }

  private static FieldGroup group(String name) {
    return PlannedUse.MAPPING.groups().stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static FieldMapping field(String airtableField) {
    return PlannedUse.MAPPING.airtableFields().stream()
        .filter(field -> airtableField.equals(field.airtableField()))
        .findFirst()
        .orElseThrow();
  }

  private static String text(FieldMapping field, @Nullable Object value) {
    return String.valueOf(field.toCell(value));
  }
}
