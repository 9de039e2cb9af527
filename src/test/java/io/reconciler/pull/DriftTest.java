package io.reconciler.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.run.RunResult;
import io.reconciler.sandbox.SandboxTable;
import io.reconciler.world.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fields that are renamed or removed in Airtable while both sides are in use. */
class DriftTest {

  private static final String TOKEN = "patTestTestTest.test";
  private static World world;
  private SandboxTable leads;

  @BeforeAll
  static void open() {
    world = World.open(Map.of());
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @BeforeEach
  void fresh() {
    leads = world.fresh();
    world.sandbox().grantScope(TOKEN, "schema.bases:read");
  }

  @Test
  void a_renamed_field_is_left_out_and_every_other_field_is_applied() {
    String id = leads.create(Map.of("First Name", "Ada", "Company", "Engines"));
    world.sync();
    leads.renameField("Company", "Employer");
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
    leads.renameField("SMS Sent Count", "Texts");

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

    assertThat(result.success()).isTrue();
    assertThat(world.lead(id))
        .containsEntry("first_name", "Ada")
        .containsEntry("company", "Engines");
  }

  @Test
  void a_change_of_a_portal_field_waits_until_its_field_is_back() {
    String id = leads.create(Map.of("First Name", "Ada"));
    world.sync();
    leads.renameField("Notes", "Remarks");
    world.portalEdit(id, Duration.ofMinutes(2), Map.of("notes", "called"));

    RunResult away = world.sync();
    leads.renameField("Remarks", "Notes");
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
  void without_the_modification_time_the_run_fails_and_says_why() {
    leads.create(Map.of("First Name", "Ada"));
    leads.removeField("Last Modified Time");

    RunResult result = world.sync();

    assertThat(result.success()).isFalse();
    assertThat(result.failure()).contains("Last Modified Time", "AIRTABLE_LAST_MODIFIED_FIELD");
  }

  private static long openDeadLetters(String field) {
    return world.count(
        "select count(*) from reconciler.dead_letter where status = 'open' and field = '"
            + field
            + "'");
  }
}
