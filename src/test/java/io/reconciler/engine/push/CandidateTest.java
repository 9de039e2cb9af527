package io.reconciler.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.engine.run.PlannedLeads;
import io.reconciler.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a row of the candidates' statement means. */
class CandidateTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EDITED = "2026-03-04T05:00:00Z";
  private static final Instant GRACE_START = Instant.parse("2026-03-04T06:00:00Z");

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
    assertThat(Candidate.due(row, World.defaultMapping(), new PlannedLeads(), GRACE_START))
        .hasSize(1);
  }

  private List<Candidate> read() {
    return Candidate.of(row, World.defaultMapping(), new PlannedLeads(), GRACE_START);
  }
}
