package io.reconciler.engine.check;

import static io.reconciler.engine.check.Preflights.failures;
import static io.reconciler.engine.check.Preflights.findings;
import static io.reconciler.engine.check.Preflights.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.reconciler.sandbox.Fault;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The preflight of an Airtable that refuses this or that, or does not answer. */
class PreflightAccessTest extends WorldTest {

  private static final String SCHEMA_SCOPE = "schema.bases:read";
  private static final String READ_SCOPE = "data.records:read";

  @AfterEach
  void give_the_scopes_back() {
    world.sandbox().grantScope(World.TOKEN, SCHEMA_SCOPE);
    world.sandbox().grantScope(World.TOKEN, READ_SCOPE);
  }

  @Test
  void without_the_schema_scope_missing_fields_are_found_by_reading() {
    world.sandbox().revokeScope(World.TOKEN, SCHEMA_SCOPE);
    leads.renameField("Notes", "Remarks");
    leads.removeField("Phone");

    List<CheckLine> lines = run(world);

    assertThat(failures(lines))
        .extracting(CheckLine::text)
        .containsExactlyInAnyOrder("no field \"Phone\"", "no field \"Notes\"");
    assertThat(findings(lines))
        .filteredOn(line -> line.status() == Status.WARNING)
        .extracting(CheckLine::fix)
        .containsOnly("add the scope schema.bases:read to the token")
        .hasSize(2);
    assertThat(lines).extracting(CheckLine::text).anyMatch(text -> text.startsWith("37 fields"));
  }

  @Test
  void without_the_schema_scope_runs_and_check_go_by_the_ids_that_are_known() {
    String id = leads.create(Map.of("First Name", "Ada", "Company", "Engines"));
    fullSync();
    leads.renameField("Company", "Employer");
    world.jdbc().sql("update reconciler.airtable_table set asked_at = 'epoch'").update();
    sync();
    world.sandbox().revokeScope(World.TOKEN, SCHEMA_SCOPE);
    leads.update(id, Map.of("Employer", "Looms"));

    List<CheckLine> lines = run(world);
    sync();

    assertThat(failures(lines)).isEmpty();
    assertThat(findings(lines))
        .filteredOn(line -> line.area().equals(FieldRules.AREA))
        .extracting(CheckLine::status, CheckLine::text)
        .containsExactly(
            tuple(
                Status.WARNING,
                "the token may not read the names and types of the fields: runs go by the ids of"
                    + " all 39, which they know from before"),
            tuple(
                Status.WARNING,
                "\"Company\" was last called \"Employer\" in Airtable; runs go by its id"));
    assertThat(world.lead(id)).containsEntry("company", "Looms");
    assertThat(leads.cells(id).get("Employer").asText()).isEqualTo("Looms");
  }

  @Test
  void a_field_that_has_gone_since_is_found_though_its_id_was_known() {
    leads.create(Map.of("First Name", "Ada"));
    fullSync();
    leads.removeField("Phone");
    world.sandbox().revokeScope(World.TOKEN, SCHEMA_SCOPE);

    assertThat(failures(run(world)))
        .extracting(CheckLine::text)
        .containsExactly("no field \"Phone\"");
    assertThat(writes()).isZero();
  }

  @Test
  void metadata_that_does_not_answer_is_not_an_airtable_that_answers_nothing() {
    leads.create(Map.of("First Name", "Ada"));
    fullSync();
    var database = world.sides().database();
    world
        .sandbox()
        .onRequest(request -> request.path().contains("/meta/"), Fault.unavailable().always());

    List<CheckLine> lines = run(world);

    assertThat(findings(lines))
        .extracting(CheckLine::area, CheckLine::status)
        .containsExactly(tuple("token", Status.FAILED), tuple("base", Status.SKIPPED));
    assertThat(lines)
        .extracting(CheckLine::text)
        .contains(
            "records of \"Leads\" can be read",
            "not asked for: Airtable's metadata does not answer, though records do");
    assertThat(world.sides().database()).isEqualTo(database);
  }

  @Test
  void a_token_that_may_not_read_records_fails() {
    world.sandbox().revokeScope(World.TOKEN, READ_SCOPE);

    assertThat(failures(run(world)))
        .singleElement()
        .satisfies(line -> assertThat(line.area()).isEqualTo("table"))
        .satisfies(line -> assertThat(line.text()).contains("403").contains(READ_SCOPE));
  }

  @Test
  void a_base_that_the_token_may_not_write_fails() {
    world.sandbox().base(world.baseId()).setReadOnly(true);

    assertThat(failures(run(world)))
        .extracting(CheckLine::text)
        .containsExactly(world.baseId() + " can't be written: the permission is read");
  }

  @Test
  void a_base_that_is_not_the_tokens_fails_and_the_others_are_looked_at() {
    String other = "appZzzzzzzzzzzzzz";
    world.addClient(other);

    List<CheckLine> lines = run(world);

    assertThat(failures(lines))
        .extracting(CheckLine::text)
        .containsExactly(other + " is not among the bases of the token");
    assertThat(lines)
        .filteredOn(line -> line.area().equals("field"))
        .hasSize(39)
        .allSatisfy(line -> assertThat(line.text()).startsWith(world.baseId() + ": "));
  }

  @Test
  void a_base_without_the_table_fails() {
    String other = "appYyyyyyyyyyyyyy";
    world.addClient(other);
    world.sandbox().base(other).addTable("Deals", List.of());

    assertThat(failures(run(world)))
        .extracting(CheckLine::text)
        .containsExactly(other + ": no table \"Leads\"; there is \"Deals\"");
  }

  @Test
  void a_refused_token_ends_the_questions_to_airtable() {
    world
        .sandbox()
        .onRequest(
            request -> request.path().endsWith("whoami"),
            Fault.answer(
                401,
                "{\"error\":{\"type\":\"AUTHENTICATION_REQUIRED\",\"message\":\"Authentication"
                    + " required\"}}"));

    List<CheckLine> lines = run(world);

    assertThat(failures(lines))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.text())
                    .contains("401")
                    .contains("AIRTABLE_API_KEY")
                    .doesNotContain(World.TOKEN));
    assertThat(world.sandbox().requests()).hasSize(1);
  }

  @Test
  void an_airtable_that_answers_with_pages_is_a_failure_not_an_empty_base() {
    world.sandbox().onRequest(request -> true, Fault.html().always());

    assertThat(failures(run(world)))
        .singleElement()
        .satisfies(line -> assertThat(line.area()).isEqualTo("token"))
        .satisfies(line -> assertThat(line.text()).contains("not JSON"));
  }

  @Test
  void an_outage_in_between_is_said_where_it_happened() {
    world
        .sandbox()
        .onRequest(request -> request.path().endsWith("/tables"), Fault.unavailable().always());

    assertThat(failures(run(world)))
        .singleElement()
        .satisfies(line -> assertThat(line.area()).isEqualTo("table"))
        .satisfies(line -> assertThat(line.text()).contains("503"));
  }
}
