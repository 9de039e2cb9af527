package io.reconciler.engine.apply.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.decide.ConflictPolicy;
import io.reconciler.decide.Granularity;
import io.reconciler.decide.GroupValues;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the planners write for a record, without Spring, Camel or a database. */
class PlannerScenariosTest {

  private static final UUID RUN = UUID.fromString("0e000000-0000-4000-8000-000000000002");

  private final PagePlanner planner = planner(Granularity.FIELD);

  static List<PlannerScenario> scenarios() {
    return PlannerScenario.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void a_record_is_planned_as_written(PlannerScenario scenario) {
    ensurePlannedAsWritten(scenario, planner);
  }

  static List<PlannerScenario> scenariosOfRecords() {
    return PlannerScenario.ofRecords();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenariosOfRecords")
  void a_record_is_planned_as_written_where_it_is_won_as_a_whole(PlannerScenario scenario) {
    ensurePlannedAsWritten(scenario, planner(Granularity.RECORD));
  }

  private static PagePlanner planner(Granularity granularity) {
    return new PagePlanner(
        PlannerScenario.MAPPING, new RecordPlanner(PlannerScenario.MAPPING, granularity));
  }

  private static void ensurePlannedAsWritten(PlannerScenario scenario, PagePlanner planner) {
    PagePlan page =
        planner.plan(
            scenario.page(),
            scenario.leads(),
            scenario.agreed(),
            PlannerScenario.CLIENT,
            RUN,
            scenario.rules());

    RecordPlan plan = page.records().get(0);
    assertThat(PlannerScenario.planned(plan)).isEqualTo(scenario.expected());
    assertThat(scenario.agreement(plan)).isEqualTo(scenario.expectedAgreement());
    assertThat(plan.agreedChanged())
        .isEqualTo(
            !plan.agreed()
                .equals(scenario.agreed().getOrDefault(scenario.recordId(), AgreedValues.NONE)));
  }

  @Test
  void every_stage_and_kind_occurs() {
    assertThat(scenarios())
        .extracting(scenario -> scenario.page().purpose())
        .contains(Page.Purpose.values());
    assertThat(
            scenarios().stream()
                .map(s -> String.valueOf(s.expected().get("kind")))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("insert", "update", "unchanged", "in-grace");
  }

  @Test
  void another_clients_lead_is_a_problem_and_not_planned() {
    PlannerScenario scenario = scenarios().get(1);
    LeadRow lead = scenario.leads().values().iterator().next();
    LeadRow foreign =
        new LeadRow(UUID.randomUUID(), lead.recordId(), lead.updatedAt(), lead.values());

    PagePlan page =
        planner.plan(
            scenario.page(),
            Map.of(lead.recordId(), foreign),
            Map.of(),
            PlannerScenario.CLIENT,
            RUN,
            RunRules.NONE);

    assertThat(page.records()).isEmpty();
    assertThat(page.problems()).hasSize(1);
  }

  @Test
  void stage_2_makes_no_lead() {
    IncomingRecord record =
        new IncomingRecord("recGone0000000001", Instant.EPOCH, Instant.EPOCH, Map.of(), Map.of());

    PagePlan page =
        planner.plan(
            Page.candidates(List.of(record), Map.of(), Map.of()),
            Map.of(),
            Map.of(),
            PlannerScenario.CLIENT,
            RUN,
            RunRules.NONE);

    assertThat(page.records()).isEmpty();
    assertThat(page.problems()).isEmpty();
  }

  @Test
  void what_was_never_agreed_on_goes_to_the_side_that_the_request_names() {
    assertThat(notesAfter(new RunRules(ConflictPolicy.AIRTABLE, null))).isEqualTo("theirs");
    assertThat(notesAfter(new RunRules(ConflictPolicy.PORTAL, null))).isEqualTo("ours");
  }

  @Test
  void a_lead_whose_record_is_back_is_told_to_whoever_remembers_that_it_was_gone() {
    PlannerScenario scenario =
        scenarios().stream()
            .filter(each -> each.toString().equals("nothing differs"))
            .findFirst()
            .orElseThrow();
    LeadRow lead = scenario.leads().get(scenario.recordId());

    assertThat(unchanged(scenario, lead).agreedChanged()).isFalse();
    assertThat(
            unchanged(
                    scenario,
                    new LeadRow(
                        lead.clientId(),
                        lead.recordId(),
                        lead.updatedAt(),
                        null,
                        true,
                        lead.values(),
                        Set.of(),
                        Map.of()))
                .agreedChanged())
        .isTrue();
  }

  private RecordPlan unchanged(PlannerScenario scenario, LeadRow lead) {
    PagePlan page =
        planner.plan(
            scenario.page(),
            Map.of(lead.recordId(), lead),
            scenario.agreed(),
            PlannerScenario.CLIENT,
            RUN,
            RunRules.NONE);
    assertThat(page.records()).hasSize(1);
    assertThat(page.records().get(0).changes()).isEmpty();
    return page.records().get(0);
  }

  @Test
  void the_ledger_names_the_side_that_was_named_where_nothing_was_agreed_on() {
    RunRules rules = new RunRules(ConflictPolicy.PORTAL, null);
    AgreedValues agreed =
        new AgreedValues(
            Map.of("notes", GroupValues.of("notes", "both")),
            Map.of(),
            Instant.EPOCH,
            false,
            Map.of(),
            Map.of());

    assertThat(policyOfNotes(rules, Map.of())).isEqualTo(ConflictPolicy.PORTAL);
    assertThat(policyOfNotes(rules, Map.of("recFirst000000001", agreed)))
        .isEqualTo(ConflictPolicy.MERGE_LINES);
    assertThat(policyOfNotes(RunRules.NONE, Map.of())).isEqualTo(ConflictPolicy.MERGE_LINES);
  }

  private ConflictPolicy policyOfNotes(RunRules rules, Map<String, AgreedValues> agreed) {
    return differing(rules, agreed).outcomes().stream()
        .filter(outcome -> outcome.group().name().equals("notes"))
        .map(outcome -> outcome.state().policy())
        .findFirst()
        .orElseThrow();
  }

  private String notesAfter(RunRules rules) {
    return String.valueOf(differing(rules, Map.of()).row().get("notes"));
  }

  private RecordPlan differing(RunRules rules, Map<String, AgreedValues> agreed) {
    IncomingRecord record =
        new IncomingRecord(
            "recFirst000000001",
            Instant.EPOCH,
            Instant.ofEpochSecond(100),
            Map.of("notes", "theirs"),
            Map.of());
    LeadRow lead =
        new LeadRow(
            PlannerScenario.CLIENT,
            "recFirst000000001",
            Instant.ofEpochSecond(50),
            Map.of("notes", "ours"));
    PagePlan page =
        planner.plan(
            Page.pulled(List.of(record)),
            Map.of(record.id(), lead),
            agreed,
            PlannerScenario.CLIENT,
            RUN,
            rules);
    return page.records().get(0);
  }
}
