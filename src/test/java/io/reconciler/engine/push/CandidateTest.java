package io.reconciler.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.engine.dryrun.PlannedLeads;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFile;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a row of the candidates' statement means. */
class CandidateTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Mapping LEADS =
      MappingFile.read(
          "planner-mapping.yaml",
          Objects.requireNonNull(
              CandidateTest.class.getResourceAsStream("/scenarios/planner-mapping.yaml")));
  private static final String EDITED = "2026-03-04T05:00:00Z";
  private static final GracePeriod GRACE =
      new GracePeriod(Instant.parse("2026-03-04T06:01:00Z"), Duration.ofMinutes(1));

  private final ObjectNode row = JSON.createObjectNode();

  CandidateTest() {
    row.put("@client", "0e000000-0000-4000-8000-000000000001");
    row.put("@record", "recCandidate00001").put("@updated", EDITED);
    row.put("notes", "a").putNull("claimed_by").putNull("claimed_at").put("@in_grace", false);
    row.putObject("@known").putObject("agreed").putObject("notes").put("notes", "a");
    row.withObject("/@known/agreed/claim").putNull("claimed_by").putNull("claimed_at");
    row.withObject("/@known").putObject("intent");
    row.putObject("@held");
    row.putNull("@whole");
  }

  @Test
  void a_lead_that_holds_the_agreed_values_is_none() {
    assertThat(read()).isEmpty();
  }

  @Test
  void a_lead_that_holds_another_value_is_one() {
    row.put("notes", "b");

    assertThat(read()).singleElement().matches(c -> !c.inGrace() && c.held().isEmpty());
  }

  @Test
  void a_lead_that_nothing_was_ever_agreed_on_is_one() {
    row.withObject("/@known").remove("agreed");

    assertThat(read()).hasSize(1);
  }

  @Test
  void one_in_its_grace_period_says_so() {
    row.put("notes", "b").put("@in_grace", true);

    assertThat(read()).singleElement().matches(Candidate::inGrace);
  }

  @Test
  void a_push_without_an_answer_is_sent_back_although_the_portal_holds_the_agreed_value() {
    row.withObject("/@known").putObject("intent").putObject("notes").put("notes", "b");

    assertThat(read()).hasSize(1);
  }

  @Test
  void a_group_that_waits_with_just_this_value_is_held_and_alone_makes_no_candidate() {
    row.put("notes", "b").putObject("@held").putObject("notes").put("notes", "b");

    assertThat(read()).isEmpty();

    row.put("claimed_at", EDITED);
    assertThat(read()).singleElement().matches(c -> c.held().equals(Set.of("notes")));
  }

  @Test
  void a_group_that_was_edited_since_it_was_refused_is_tried_again() {
    row.put("notes", "c").putObject("@held").putObject("notes").put("notes", "b");

    assertThat(read()).singleElement().matches(c -> c.held().isEmpty());
  }

  @Test
  void a_lead_whose_record_failed_as_a_whole_waits_until_it_is_edited() {
    row.put("notes", "b").putObject("@whole").put("due", false).put("last_at", EDITED);
    row.withObject("/@whole/payload").put("updated_at", EDITED);
    assertThat(read()).isEmpty();

    row.put("@updated", "2026-03-04T05:00:01Z");
    assertThat(read()).hasSize(1);
  }

  @Test
  void one_that_is_due_is_for_the_statement_of_the_due_ones_whatever_differs() {
    row.put("notes", "b").putObject("@whole").put("due", true);
    assertThat(read()).isEmpty();

    row.put("notes", "a");
    assertThat(Candidate.due(row, LEADS, new PlannedLeads(), GRACE)).hasSize(1);
  }

  @Test
  void a_lead_that_failed_before_its_time_was_kept_waits_until_it_is_edited_after_the_last_try() {
    row.put("notes", "b").putObject("@whole").put("due", false).put("last_at", EDITED);
    assertThat(read()).isEmpty();

    row.put("@updated", "2026-03-04T05:00:01Z");
    assertThat(read()).hasSize(1);
  }

  @Test
  void what_a_dry_run_would_try_again_waits_no_more() {
    PlannedLeads planned = new PlannedLeads();
    planned.wake("recCandidate00001");
    row.put("notes", "b").putObject("@held").putObject("notes").put("notes", "b");
    row.putObject("@whole").put("due", false).put("last_at", EDITED);

    assertThat(Candidate.of(row, LEADS, planned, GRACE))
        .singleElement()
        .matches(c -> c.held().isEmpty());
  }

  @Test
  void a_change_that_is_known_as_pending_is_one_as_well() {
    row.put("notes", "b");
    row.withObject("/@known").put("pending", true);

    assertThat(read()).hasSize(1);
  }

  @Test
  void a_pending_link_to_what_has_no_record_waits_and_a_new_one_is_looked_at() {
    Mapping orders =
        MappingFile.read(
            "orders.yaml",
            new ByteArrayInputStream(
                """
                table: Orders
                base: appOrders00000001
                postgres: {table: orders, updated_at: updated_at}
                last_modified_field: Changed
                groups: [{name: firms, policy: airtable}, {name: state, policy: portal}]
                fields:
                  - {column: firms, type: "bigint[]", airtable_field: Firms, conversion: link, to: companies, owner: portal, group: firms}
                  - {column: state, type: text, airtable_field: State, conversion: text, owner: portal, group: state}
                """
                    .getBytes(StandardCharsets.UTF_8)));
    row.putNull("state").putObject("firms").putArray("@waits").add(7);
    row.withObject("/@known/agreed").putObject("firms").putNull("firms");
    row.withObject("/@known/agreed").putObject("state").putNull("state");
    assertThat(Candidate.of(row, orders, new PlannedLeads(), GRACE)).hasSize(1);

    row.withObject("/@known").put("pending", true);
    assertThat(Candidate.of(row, orders, new PlannedLeads(), GRACE))
        .singleElement()
        .matches(Candidate::inGrace);

    row.put("state", "paid");
    assertThat(Candidate.of(row, orders, new PlannedLeads(), GRACE))
        .singleElement()
        .matches(candidate -> !candidate.inGrace());
  }

  @Test
  void a_lead_that_a_dry_run_would_make_active_again_is_one_when_the_portal_changed_it() {
    PlannedLeads planned = new PlannedLeads();
    row.withObject("/@known").put("pending", true);
    AgreedValues pending = AgreedValues.of(row.path("@known"), LEADS);
    LeadRow lead = LeadRow.of(row, LEADS);
    planned.lead(lead.recordId(), lead);
    planned.agreed(lead.recordId(), pending);
    assertThat(Candidate.planned(planned.reactivatedPending(), planned, GRACE)).isEmpty();

    planned.reactivate(lead.recordId());
    assertThat(Candidate.planned(planned.reactivatedPending(), planned, GRACE))
        .singleElement()
        .matches(c -> !c.inGrace() && c.lead().equals(lead));
    assertThat(
            Candidate.planned(
                planned.reactivatedPending(),
                planned,
                new GracePeriod(Instant.parse(EDITED), Duration.ofSeconds(1))))
        .singleElement()
        .matches(Candidate::inGrace);
  }

  private List<Candidate> read() {
    return Candidate.of(row, LEADS, new PlannedLeads(), GRACE);
  }
}
