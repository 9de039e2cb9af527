package io.reconciler.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.RunOutcome;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.program.boot.TestEngine;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mapping with ids beside names, and fields that Airtable computes. */
class FieldIdsTest {

  private static final String COMPANY = "fldCompany0000001";
  private static final String NOTES = "fldNotes000000001";
  private static final String SCOPE = "schema.bases:read";
  private static World world;
  private SandboxTable leads;

  @BeforeAll
  static void open() {
    world =
        World.open(
            TestDatabase.migratedUrl(),
            Map.of(),
            Clock.systemUTC(),
            (settings, mapping, database) ->
                TestEngine.start(settings, withIds(mapping), database, Map.of()));
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @BeforeEach
  void fresh() {
    leads = world.fresh();
    world.sandbox().grantScope(World.TOKEN, SCOPE);
    replace(SandboxField.of("Company", "singleLineText").withId(COMPANY));
    replace(SandboxField.of("Notes", "multilineText").withId(NOTES));
  }

  @Test
  void ids_bring_and_keep_every_value_in_both_directions() {
    String id = leads.create(Map.of("Company", "Engines", "Notes", "first"));
    world.sync();
    leads.renameField("Company", "Employer");
    world.portalEdit(id, Duration.ofMinutes(2), Map.of("notes", "first\ncalled"));

    RunResult full = world.fullSync();

    assertThat(full.failure()).isNull();
    assertThat(full.errorCount()).isZero();
    assertThat(world.lead(id)).containsEntry("company", "Engines");
    assertThat(leads.cells(id).get("Notes").asText()).isEqualTo("first\ncalled");
  }

  @Test
  void without_the_scope_an_id_is_a_mistake_in_the_configuration() {
    String id = leads.create(Map.of("Company", "Engines"));
    world.sandbox().revokeScope(World.TOKEN, SCOPE);

    ClientOutcome outcome = world.runAll(world.request(20, true)).get(0);

    assertThat(outcome.outcome()).isEqualTo(RunOutcome.MISCONFIGURED);
    assertThat(outcome.result().failure()).contains(COMPANY, SCOPE);
    assertThat(world.lead(id)).isEmpty();
    assertThat(text("select outcome from reconciler.run")).isEqualTo("failed");
  }

  @Test
  void a_token_that_loses_the_scope_goes_by_what_was_learnt() {
    String id = leads.create(Map.of("Company", "Engines"));
    world.sync();
    world.sandbox().revokeScope(World.TOKEN, SCOPE);
    world
        .jdbc()
        .sql("update reconciler.airtable_table set asked_at = now() - '25 h'::interval")
        .update();
    leads.renameField("Company", "Employer");
    leads.update(id, Map.of("Employer", "Looms"));

    RunResult result = world.sync();

    assertThat(result.failure()).isNull();
    assertThat(world.lead(id)).containsEntry("company", "Looms");
  }

  @Test
  void computed_fields_come_as_they_are_and_are_refreshed_alone() {
    replace(SandboxField.of("Booked", "formula"));
    replace(SandboxField.of("Job Title", "multipleLookupValues"));
    replace(SandboxField.of("ICP Score", "rollup"));
    String id = leads.create(Map.of("Booked", 1, "Job Title", List.of("Owner"), "ICP Score", 7));
    world.sync();
    assertThat(world.lead(id))
        .containsEntry("booked", true)
        .containsEntry("title", "Owner")
        .containsEntry("icp_score", 7);
    leads.update(
        id,
        Map.of("Booked", 0, "Job Title", List.of("Boss"), "ICP Score", Map.of("error", "#ERROR!")));
    String later = leads.create(Map.of("First Name", "Not pulled yet"));
    world.sandbox().clearLogs();

    RunResult refreshed = world.run(refresh());

    assertThat(refreshed.failure()).isNull();
    assertThat(refreshed.airtableRequests())
        .as("an unchecked box might be a field that is gone")
        .isEqualTo(2);
    assertThat(world.sandbox().requests().get(0).query().get("fields[]")).hasSize(4);
    assertThat(world.lead(id))
        .containsEntry("booked", false)
        .containsEntry("title", "Boss")
        .containsEntry("icp_score", 7);
    assertThat(refreshed.errorCount()).isEqualTo(1);
    assertThat(text("select field from reconciler.dead_letter")).isEqualTo("icp_score");
    assertThat(world.lead(later)).as("only a pull makes leads").isEmpty();
    assertThat(world.sync().stage1().inserted()).isEqualTo(1);
  }

  @Test
  void what_is_kept_of_the_fields_is_written_only_where_it_changed() {
    leads.create(Map.of("Company", "Engines"));
    world.sync();
    Map<String, String> rows = fieldRows();
    String table = text("select t::text from reconciler.airtable_table t");

    world.sync();

    assertThat(fieldRows()).hasSizeGreaterThan(30).isEqualTo(rows);
    assertThat(text("select t::text from reconciler.airtable_table t")).isEqualTo(table);

    world
        .jdbc()
        .sql("update reconciler.airtable_table set asked_at = now() - '25 h'::interval")
        .update();
    leads.renameField("Company", "Employer");

    world.sync();

    assertThat(fieldRows().entrySet()).filteredOn(row -> !rows.entrySet().contains(row)).hasSize(1);
    assertThat(text("select field_name from reconciler.field where column_name = 'company'"))
        .isEqualTo("Employer");
    assertThat(text("select asked_at > now() - '1 h'::interval from reconciler.airtable_table"))
        .isEqualTo("t");
  }

  /** The rows of the fields, each with what tells when it was written. */
  private static Map<String, String> fieldRows() {
    return world
        .jdbc()
        .sql("select column_name, xmin::text from reconciler.field")
        .query((row, n) -> Map.entry(row.getString(1), row.getString(2)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static RunRequest refresh() {
    return new RunRequest(Trigger.SCHEDULE, "schedule", 20, null, false, false, false, true);
  }

  private static String text(String sql) {
    return world.jdbc().sql(sql).query(String.class).single();
  }

  private void replace(SandboxField field) {
    leads.removeField(field.name());
    leads.addField(field);
  }

  private static Mapping withIds(Mapping mapping) {
    List<FieldMapping> fields = mapping.fields().stream().map(FieldIdsTest::withId).toList();
    return new Mapping(
        mapping.name(),
        mapping.table(),
        mapping.lastModifiedField(),
        mapping.base(),
        mapping.filter(),
        mapping.postgres(),
        fields,
        mapping.groups().stream()
            .map(
                group ->
                    new FieldGroup(
                        group.name(),
                        group.policy(),
                        group.fields().stream().map(FieldIdsTest::withId).toList()))
            .toList());
  }

  private static FieldMapping withId(FieldMapping field) {
    String id = Map.of("company", COMPANY, "notes", NOTES).get(field.column());
    return id == null
        ? field
        : new FieldMapping(
            field.column(),
            field.type(),
            field.notNull(),
            field.defaultValue(),
            id,
            field.airtableType(),
            field.conversion(),
            field.owner(),
            field.group());
  }
}
