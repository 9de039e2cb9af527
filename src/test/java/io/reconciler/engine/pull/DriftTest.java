package io.reconciler.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that are renamed or removed in Airtable while both sides are in use. */
class DriftTest {

  private static final String TOKEN = "patTestTestTest.test";
  private static final String MINUTES_BEHIND =
      "select extract(epoch from now() - pulled_until)::int / 60 from reconciler.watermark";

  private final World world = World.shared();
  private SandboxTable leads;

  @BeforeEach
  void fresh() {
    leads = world.fresh();
  }

  @AfterEach
  void with_every_scope() {
    world.sandbox().grantScope(TOKEN, "schema.bases:read");
  }

  @Test
  void a_removed_field_is_left_out_and_every_other_field_is_applied() {
    String id = leads.create(Map.of("First Name", "Ada", "Company", "Engines"));
    world.sync();
    leads.removeField("Company");
    leads.update(id, Map.of("First Name", "Augusta"));

    RunResult result = world.sync();

    assertThat(result.success()).isTrue();
    assertThat(result.stage1().errorCount()).isEqualTo(1);
    assertThat(result.stage1().errors().get(0)).contains("\"Company\"");
    assertThat(world.lead(id))
        .containsEntry("first_name", "Augusta")
        .containsEntry("company", "Engines");
    assertThat(openDeadLetters("company")).isEqualTo(1);
  }

  @Test
  void the_dead_letter_closes_when_the_field_is_back() {
    String id = leads.create(Map.of("Company", "Engines"));
    leads.renameField("Company", "Employer");
    world.sync();
    leads.renameField("Employer", "Company");

    RunResult result = world.sync();

    assertThat(result.stage1().errorCount()).isZero();
    assertThat(world.lead(id)).containsEntry("company", "Engines");
    assertThat(openDeadLetters("company")).isZero();
  }

  @Test
  void a_bad_cell_stays_in_the_dead_letters_while_its_field_is_gone() {
    String id = leads.create(Map.of("SMS Sent Count", 1.5));
    world.sync();
    leads.removeField("SMS Sent Count");

    world.sync();

    assertThat(
            world.count(
                "select count(*) from reconciler.dead_letter where status = 'open' and field ="
                    + " 'sms_sent_count' and airtable_record_id = '"
                    + id
                    + "'"))
        .isEqualTo(1);
  }

  @Test
  void without_the_schema_scope_the_refusal_itself_names_the_field() {
    String id = leads.create(Map.of("Company", "Engines"));
    world.sync();
    world.sandbox().revokeScope(TOKEN, "schema.bases:read");
    leads.removeField("Company");
    leads.update(id, Map.of("First Name", "Ada"));

    RunResult result = world.sync();
    RunResult again = world.sync();

    assertThat(result.success()).isTrue();
    assertThat(world.lead(id))
        .containsEntry("first_name", "Ada")
        .containsEntry("company", "Engines");
    assertThat(again.stage1().errorCount()).isEqualTo(1);
    assertThat(again.airtableRequests()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_modification_time_that_is_a_day_ends_every_run_and_counts_as_nothing(boolean scope) {
    String id = leads.create(Map.of("First Name", "Ada"));
    world.fullSync();
    String pulled = pulledUntil();
    if (!scope) {
      world.sandbox().revokeScope(TOKEN, "schema.bases:read");
    }
    modifiedField("date");
    leads.update(id, Map.of("First Name", "Augusta"));

    RunResult recent = world.run(world.request(1440, false));
    RunResult full = world.fullSync();

    assertThat(recent.failure()).contains("\"Last Modified Time\" has no time of day");
    assertThat(full.failure()).contains("\"Last Modified Time\" has no time of day");
    assertThat(pulledUntil()).isEqualTo(pulled);
    assertThat(world.lead(id)).containsEntry("first_name", "Ada");
    modifiedField("dateTime");
    assertThat(world.fullSync().success()).isTrue();
    assertThat(world.lead(id)).containsEntry("first_name", "Augusta");
  }

  private void modifiedField(String result) {
    leads.removeField("Last Modified Time");
    leads.addField(SandboxField.lastModified("Last Modified Time").withResultType(result));
  }

  private String pulledUntil() {
    return world
        .jdbc()
        .sql("select cast(pulled_until as text) from reconciler.watermark")
        .query(String.class)
        .single();
  }

  @Test
  void a_change_of_a_portal_field_waits_until_its_field_is_back() {
    String id = leads.create(Map.of("First Name", "Ada"));
    world.sync();
    leads.removeField("Notes");
    world.portalEdit(id, Duration.ofMinutes(2), Map.of("notes", "called"));

    RunResult away = world.sync();
    leads.addField(SandboxField.of("Notes", "multilineText"));
    RunResult back = world.sync();

    assertThat(away.stage2().updated()).isZero();
    assertThat(away.stage2().errorCount()).isEqualTo(1);
    assertThat(back.stage2().updated()).isEqualTo(1);
    assertThat(leads.cells(id).get("Notes").asText()).isEqualTo("called");
    assertThat(world.lead(id)).containsEntry("notes", "called");
  }

  @Test
  void a_cleared_cell_of_a_field_that_is_there_is_a_clear() {
    String id = leads.create(Map.of("Company", "Engines"));
    world.sync();
    leads.update(id, new java.util.HashMap<>(java.util.Collections.singletonMap("Company", null)));

    RunResult result = world.sync();

    assertThat(result.stage1().updated()).isEqualTo(1);
    assertThat(world.lead(id)).containsEntry("company", null);
  }

  @Test
  void a_renamed_field_or_two_that_swap_their_names_change_nothing() {
    String id = leads.create(Map.of("Company", "Engines", "Job Title", "Owner"));
    world.sync();
    leads.renameField("Company", "Employer");
    leads.renameField("Job Title", "Company");
    leads.renameField("Employer", "Job Title");
    leads.renameField("Notes", "Remarks");
    leads.renameField("Last Modified Time", "Changed");
    leads.update(id, Map.of("First Name", "Ada"));
    world.portalEdit(id, Duration.ofMinutes(2), Map.of("notes", "called"));
    world.sandbox().clearLogs();

    RunResult result = world.sync();
    RunResult full = world.fullSync();

    assertThat(result.errorCount() + full.errorCount()).isZero();
    assertThat(result.airtableRequests()).as("no metadata").isEqualTo(3);
    assertThat(world.lead(id))
        .containsEntry("first_name", "Ada")
        .containsEntry("company", "Engines")
        .containsEntry("title", "Owner");
    assertThat(leads.cells(id).get("Remarks").asText()).isEqualTo("called");
    assertThat(full.stage1().updated()).isZero();
  }

  @Test
  void a_field_that_was_replaced_by_one_of_its_name_is_read_from_the_new_one() {
    String id = leads.create(Map.of("First Name", "Ada", "Company", "Engines"));
    world.sync();
    leads.removeField("Company");
    leads.addField(SandboxField.of("Company", "singleLineText"));
    leads.update(id, Map.of("Company", "Looms"));

    RunResult result = world.sync();

    assertThat(result.errorCount()).isZero();
    assertThat(world.lead(id)).containsEntry("company", "Looms");
  }

  @Test
  void a_missing_field_does_not_hold_the_watermark_and_is_caught_up_with_alone() {
    String early = leads.create(Map.of("First Name", "Ada"));
    world.fullSync();
    leads.removeField("Company");
    leads.update(early, Map.of("Last Name", "Lovelace"));
    world.run(WorldTest.scheduled());
    world.age(Duration.ofHours(3));
    RunResult idle = world.run(WorldTest.scheduled());
    world.age(Duration.ofHours(3));
    leads.addField(SandboxField.of("Company", "singleLineText"));
    leads.update(early, Map.of("Company", "Engines"));
    leads.setModified(early, Instant.now().minus(Duration.ofHours(5)));
    world.sandbox().clearLogs();

    RunResult back = world.run(WorldTest.scheduled());
    RunResult next = world.run(WorldTest.scheduled());

    assertThat(idle.airtableRequests()).as("metadata and a listing").isEqualTo(2);
    assertThat(world.count(MINUTES_BEHIND)).as("the watermark moves").isLessThan(200);
    assertThat(world.lead(early)).containsEntry("company", "Engines");
    assertThat(back.airtableRequests()).isEqualTo(3);
    assertThat(world.sandbox().requests().get(2).query().get("fields[]")).hasSize(2);
    assertThat(next.airtableRequests()).isEqualTo(1);
    assertThat(openDeadLetters("company")).isZero();
  }

  @Test
  void without_the_modification_time_the_run_fails_and_says_why() {
    leads.create(Map.of("First Name", "Ada"));
    leads.removeField("Last Modified Time");

    RunResult result = world.sync();

    assertThat(result.success()).isFalse();
    assertThat(result.failure()).contains("Last Modified Time", "AIRTABLE_LAST_MODIFIED_FIELD");
  }

  private long openDeadLetters(String field) {
    return world.count(
        "select count(*) from reconciler.dead_letter where status = 'open' and field = '"
            + field
            + "'");
  }
}
