package io.reconciler.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.check.Preflight;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fields whose type is changed in Airtable, which empties their cells or shows others in them and
 * leaves the modification times as they are: nobody has edited a record.
 */
@SideBySide(SideBySide.Lane.RUNS)
class RetypedFieldTest extends WorldTest {

  private static final Duration LONG_AGO = Duration.ofDays(2);
  private static final int MANY = 15;
  private static final String SCOPE = "schema.bases:read";
  private static final String ALL =
      "select count(*) from reconciler.dead_letter where status = 'open'";

  @AfterEach
  void with_every_scope() {
    world.sandbox().grantScope(World.TOKEN, SCOPE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_type_that_takes_nothing_of_the_portals_empties_nothing_and_is_said_once(boolean inWindow) {
    List<String> ids = reconciled(MANY);
    if (!inWindow) {
      aged();
    }
    becomes("Notes", "number", Map.of(ids.get(3), 7));
    portalAdds(ids.get(0));
    RunResult dry = succeeded(world.run(dryRun(!inWindow)));

    RunResult result = run(!inWindow);

    assertThat(result.stage1().errors())
        .singleElement()
        .asString()
        .isEqualTo(
            "all records: the field \"Notes\" does not fit the column notes, of the type number: it"
                + " does not take what the portal writes; the column is left as it is until the"
                + " field fits. `reconciler check` says what to do");
    assertThat(result.stage1().updated()).isZero();
    assertThat(dry.stage1()).isEqualTo(result.stage1());
    assertThat(dry.stage2()).isEqualTo(result.stage2());
    assertThat(result.stage2().updated()).isZero();
    assertThat(writes()).isZero();
    assertThat(world.count(ALL + " and airtable_record_id = '*' and field = 'notes'")).isEqualTo(1);
    assertThat(world.count(ALL)).isEqualTo(1);
    assertThat(conflicts()).isZero();
    assertThat(check())
        .contains("Notes: number for notes text: it does not take what the portal writes");
    holdsNotes(ids, "\nmore");
    assertThat(cell(ids.get(3), "Notes")).isEqualTo("7");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void when_the_type_is_put_back_the_portals_values_go_over_to_the_emptied_cells(boolean full) {
    List<String> ids = reconciled(MANY);
    aged();
    becomes("Notes", "number", Map.of());
    portalAdds(ids.get(0));
    run(true);
    run(false);
    becomes("Notes", "multilineText", Map.of(ids.get(1), "note 2"));
    Map<String, List<String>> before = world.sides().database();
    RunResult dry = succeeded(world.run(dryRun(full)));
    assertThat(world.sides().database()).isEqualTo(before);

    RunResult result = run(full);

    assertThat(result.errorCount()).isZero();
    assertThat(dry.stage2().updated()).isEqualTo(MANY - 1);
    assertThat(result.stage2().updated()).isEqualTo(MANY - 1);
    assertThat(result.stage1().updated()).isZero();
    holdsNotes(ids, "\nmore");
    for (String id : ids) {
      assertThat(cell(id, "Notes")).isEqualTo(world.lead(id).get("notes"));
    }
    assertThat(world.count(ALL)).isZero();
    assertThat(conflicts()).isZero();
    quiet();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_formula_in_the_place_of_the_portals_texts_overwrites_none(boolean full) {
    List<String> ids = reconciled(MANY);
    portalAdds(ids.get(0));
    leads.changeField(SandboxField.of("Notes", "formula"));
    shows("Notes", "Ada!");

    RunResult result = run(full);

    assertThat(result.stage1().errors())
        .singleElement()
        .asString()
        .contains("of the type formula (singleLineText): Airtable computes it");
    assertThat(result.stage1().updated()).isZero();
    holdsNotes(ids, "\nmore");
    assertThat(conflicts()).isZero();
    assertThat(run(full).stage1().errorCount()).isEqualTo(1);
    holdsNotes(ids, "\nmore");

    leads.changeField(SandboxField.of("Notes", "multilineText"));
    assertThat(run(full).errorCount()).isZero();
    // What was merged rests for its grace period.
    execute("update leads set updated_at = now() - interval '2 minutes'");
    sync();

    for (String id : ids) {
      assertThat(String.valueOf(world.lead(id).get("notes"))).contains("Ada!", "note ");
      assertThat(cell(id, "Notes")).isEqualTo(world.lead(id).get("notes"));
    }
    assertThat(conflicts()).isEqualTo(MANY);
    quiet();
  }

  @Test
  void a_cell_that_the_known_type_can_not_have_is_enough_for_a_run_to_ask() {
    List<String> ids = reconciled(3);
    becomes("Notes", "number", Map.of(ids.get(0), 7));
    world.sandbox().clearLogs();

    RunResult result = sync();

    assertThat(result.stage1().errorCount()).isEqualTo(1);
    assertThat(result.airtableRequests()).isEqualTo(2);
    holdsNotes(ids, "");
  }

  @Test
  void a_sweep_of_what_was_loaded_asks_first_and_needs_no_sign() {
    List<String> ids = reconciled(3);
    fullSync();
    assertThat(fullSync().airtableRequests()).isEqualTo(1);
    becomes("Notes", "date", Map.of(ids.get(0), "2026-01-01", ids.get(1), "2026-01-02"));
    execute("update reconciler.airtable_table set asked_at = now() - interval '11 minutes'");
    world.sandbox().clearLogs();

    RunResult result = fullSync();

    assertThat(result.stage1().errorCount()).isEqualTo(1);
    assertThat(result.airtableRequests()).isEqualTo(2);
    holdsNotes(ids, "");
    assertThat(conflicts()).isZero();
  }

  @Test
  void many_edits_of_people_cost_one_question_and_are_taken() {
    List<String> ids = reconciled(MANY);
    ids.forEach(id -> leads.update(id, Map.of("Notes", "edited")));

    RunResult many = sync();
    leads.update(ids.get(0), Map.of("Notes", "edited again"));
    RunResult one = sync();

    assertThat(many.airtableRequests()).isEqualTo(2);
    assertThat(one.airtableRequests()).isEqualTo(1);
    assertThat(many.stage1().updated()).isEqualTo(MANY);
    assertThat(world.lead(ids.get(0))).containsEntry("notes", "edited again");
    assertThat(world.lead(ids.get(1))).containsEntry("notes", "edited");
  }

  @Test
  void a_column_of_airtables_keeps_its_values_until_the_type_fits_and_is_read_again_then() {
    List<String> ids = reconciled(3);
    ids.forEach(id -> leads.update(id, Map.of("Company", "Engines")));
    sync();
    aged();
    becomes("Company", "multipleSelects", Map.of());

    RunResult result = fullSync();

    assertThat(result.stage1().errors())
        .singleElement()
        .asString()
        .contains("\"Company\" does not fit the column company, of the type multipleSelects: its");
    ids.forEach(id -> assertThat(world.lead(id)).containsEntry("company", "Engines"));
    becomes("Company", "singleLineText", Map.of(ids.get(1), "Looms", ids.get(2), "Engines"));

    RunResult back = sync();

    assertThat(back.errorCount()).isZero();
    assertThat(world.lead(ids.get(0))).containsEntry("company", null);
    assertThat(world.lead(ids.get(1))).containsEntry("company", "Looms");
    assertThat(world.lead(ids.get(2))).containsEntry("company", "Engines");
    assertThat(world.count(ALL)).isZero();
    quiet();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_column_of_airtables_whose_field_never_fitted_is_read_cell_by_cell(boolean full) {
    leads.changeField(SandboxField.of("SMS Sent Count", "singleLineText"));
    String id = leads.create(Map.of("First Name", "Ada", "SMS Sent Count", 5));

    assertThat(run(full).errorCount()).isZero();
    assertThat(world.lead(id)).containsEntry("sms_sent_count", 5);
    leads.update(id, Map.of("SMS Sent Count", 6));
    assertThat(run(full).errorCount()).isZero();
    assertThat(world.lead(id)).containsEntry("sms_sent_count", 6);
    assertThat(world.count(ALL)).isZero();
  }

  @Test
  void a_token_that_loses_the_scope_meanwhile_leaves_the_column_out() {
    List<String> ids = reconciled(3);
    aged();
    becomes("Notes", "number", Map.of());
    run(true);
    world.sandbox().revokeScope(World.TOKEN, SCOPE);

    RunResult result = run(true);

    assertThat(result.stage1().errors()).singleElement().asString().contains("type number, as far");
    holdsNotes(ids, "");
    world.sandbox().grantScope(World.TOKEN, SCOPE);
    becomes("Notes", "multilineText", Map.of());
    run(false);
    holdsNotes(ids, "");
    ids.forEach(id -> assertThat(cell(id, "Notes")).startsWith("note "));
  }

  @Test
  void what_was_renamed_as_well_is_the_same_field_when_it_fits_again() {
    List<String> ids = reconciled(3);
    aged();
    becomes("Notes", "number", Map.of());
    run(true);
    leads.renameField("Notes", "Remarks");
    becomes("Remarks", "multilineText", Map.of());

    run(false);

    holdsNotes(ids, "");
    ids.forEach(id -> assertThat(cell(id, "Remarks")).startsWith("note "));
  }

  @Test
  void a_record_that_is_restored_later_is_measured_against_what_was_agreed_on() {
    List<String> ids = reconciled(3);
    aged();
    leads.delete(ids.get(0));
    leads.delete(ids.get(1));
    world.run(new RunRequest(Trigger.CLI, "test", 20, null, true, false, true));
    becomes("Notes", "number", Map.of());
    run(true);
    becomes("Notes", "multilineText", Map.of(ids.get(2), "note 3"));
    assertThat(run(false).errorCount()).isZero();
    assertThat(world.count(ALL)).isZero();
    leads.restore(ids.get(0));
    leads.restore(ids.get(1));
    shows(ids.get(0), "Notes", null);
    shows(ids.get(1), "Notes", "note 2");

    fullSync();
    sync();

    holdsNotes(ids, "");
    for (String id : ids) {
      assertThat(cell(id, "Notes")).isEqualTo(world.lead(id).get("notes"));
    }
    assertThat(conflicts()).isZero();
    quiet();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_text_that_the_portal_cleared_or_added_to_goes_over_to_cells_that_are_as_before(
      boolean full) {
    List<String> ids = reconciled(3);
    aged();
    becomes("Notes", "number", Map.of());
    run(true);
    world.portalEdit(ids.get(0), Duration.ofMinutes(2), Collections.singletonMap("notes", null));
    portalAdds(ids.get(1));
    becomes(
        "Notes",
        "multilineText",
        Map.of(ids.get(0), "note 1", ids.get(1), "note 2", ids.get(2), "note 3"));
    RunResult dry = succeeded(world.run(dryRun(full)));

    RunResult result = run(full);

    assertThat(result.errorCount()).isZero();
    assertThat(dry.stage1()).isEqualTo(result.stage1());
    assertThat(dry.stage2()).isEqualTo(result.stage2());
    assertThat(world.lead(ids.get(0))).containsEntry("notes", null);
    assertThat(cell(ids.get(0), "Notes")).isEmpty();
    assertThat(world.lead(ids.get(1))).containsEntry("notes", "note 2\nmore");
    assertThat(cell(ids.get(1), "Notes")).isEqualTo("note 2\nmore");
    // Lines that the portal takes away stand in the ledger, as ever.
    assertThat(text("select airtable_record_id || ' ' || winner from reconciler.conflict"))
        .isEqualTo(ids.get(0) + " portal");
    quiet();
  }

  private void shows(String id, String field, @Nullable Object value) {
    Instant modified = leads.modified(id);
    leads.update(id, Collections.singletonMap(field, value));
    leads.setModified(id, modified);
  }

  // As Airtable does: what does not convert is gone, and no record counts as modified.
  private void becomes(String field, String type, Map<String, Object> left) {
    for (String id : leads.ids()) {
      Instant modified = leads.modified(id);
      leads.update(id, Collections.singletonMap(field, left.get(id)));
      leads.setModified(id, modified);
    }
    leads.changeField(SandboxField.of(field, type));
  }

  private void shows(String field, String text) {
    for (String id : leads.ids()) {
      Instant modified = leads.modified(id);
      leads.update(id, Map.of(field, text));
      leads.setModified(id, modified);
    }
  }

  private void portalAdds(String id) {
    world.portalEdit(
        id, Duration.ofMinutes(2), Map.of("notes", world.lead(id).get("notes") + "\nmore"));
  }

  private void aged() {
    leads.ids().forEach(id -> leads.setModified(id, Instant.now().minus(LONG_AGO)));
    execute("update leads set updated_at = now() - interval '2 days'");
    execute("update reconciler.agreed_value set airtable_modified_at = now() - interval '2 days'");
    sync();
    world.sandbox().clearLogs();
  }

  private RunResult run(boolean full) {
    return succeeded(world.run(new RunRequest(Trigger.CLI, "test", 20, null, full, false, false)));
  }

  private void holdsNotes(List<String> ids, String moreOfTheFirst) {
    for (String id : ids) {
      int n = ids.indexOf(id) + 1;
      assertThat(world.lead(id))
          .containsEntry("notes", "note " + n + (n == 1 ? moreOfTheFirst : ""));
    }
  }

  private void quiet() {
    fullSync();
    world.sandbox().clearLogs();
    List<String> leadRows = world.sides().rows("leads");
    sync();
    fullSync();
    assertThat(writes()).isZero();
    assertThat(world.sides().rows("leads")).isEqualTo(leadRows);
    assertThat(world.sides().differences()).isEmpty();
  }

  private List<String> check() {
    return new Preflight(
            Settings.read(name -> null, Set.of()),
            MappingSet.of(world.mapping()),
            world.database(),
            world.engine()::ask,
            Clock.systemUTC())
        .run().stream().map(line -> line.text()).toList();
  }

  private long conflicts() {
    return world.count("select count(*) from reconciler.conflict");
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
