package io.reconciler.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The portal's fields that are deleted in Airtable and made anew: PostgreSQL has the only copy. */
@SideBySide(SideBySide.Lane.RUNS)
class ReplacedFieldTest extends WorldTest {

  private static final Duration LONG_AGO = Duration.ofDays(2);
  private static final Duration AWHILE = Duration.ofMinutes(5);

  /** So many that a first run over them would be stopped by the guard. */
  private static final int MANY = 15;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void between_two_runs_its_values_go_over_and_none_is_cleared(boolean full) {
    List<String> ids = settled();
    remove("Notes");
    add("Notes", "multilineText");

    RunResult result = run(full);

    holdsNotes(ids);
    assertThat(result.errorCount()).isZero();
    assertThat(result.stage1().updated()).isZero();
    assertThat(result.stage2().updated()).isEqualTo(MANY);
    quiet(ids);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void after_runs_without_it_its_values_go_over_and_none_is_cleared(boolean full) {
    List<String> ids = settled();
    remove("Notes");
    assertThat(fullSync().stage1().errorCount()).isEqualTo(1);
    assertThat(sync().stage1().errorCount()).isEqualTo(1);
    add("Notes", "multilineText");

    RunResult result = run(full);

    holdsNotes(ids);
    assertThat(result.errorCount()).isZero();
    assertThat(result.stage2().updated()).isEqualTo(MANY);
    assertThat(openDeadLetters()).isZero();
    quiet(ids);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void one_field_of_a_group_goes_over_with_the_other(boolean full) {
    List<String> ids = reconciled(3);
    ids.forEach(id -> claim(id, ALICE, LONG_AGO));
    fullSync();
    aged();
    remove("Claimed By");
    add("Claimed By", "singleLineText");

    run(full);

    for (String id : ids) {
      assertThat(world.lead(id)).containsEntry("claimed_by", ALICE);
      assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
      assertThat(cell(id, "Claimed At")).isNotEmpty();
    }
    assertThat(conflicts()).isZero();
    assertThat(world.sides().differences()).isEmpty();
    quiet(List.of());
  }

  @Test
  void what_is_in_the_new_field_already_is_a_conflict_or_wins_over_an_empty_column() {
    List<String> ids = settled();
    String empty = leads.create(Map.of("First Name", "Ada"));
    sync();
    aged();
    remove("Notes");
    add("Notes", "multilineText");
    leads.update(ids.get(0), Map.of("Notes", "from Airtable"));
    leads.update(empty, Map.of("Notes", "of Ada"));

    // Out of the grace period, in which a merged lead would wait.
    List.of(ids.get(0), empty).forEach(id -> leads.setModified(id, Instant.now().minus(AWHILE)));

    sync();

    assertThat(world.lead(ids.get(0))).containsEntry("notes", "from Airtable\nnote 1");
    assertThat(cell(ids.get(0), "Notes")).isEqualTo("from Airtable\nnote 1");
    assertThat(conflicts()).isEqualTo(1);
    assertThat(world.lead(empty)).containsEntry("notes", "of Ada");
    assertThat(world.sides().differences()).isEmpty();
    quiet(List.of());
  }

  @Test
  void two_different_claims_are_a_conflict_whoever_wins() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, LONG_AGO);
    fullSync();
    aged();
    remove("Claimed By");
    add("Claimed By", "singleLineText");
    leads.update(id, Map.of("Claimed By", BOB.toString()));

    sync();

    assertThat(world.lead(id)).containsEntry("claimed_by", BOB);
    assertThat(cell(id, "Claimed By")).isEqualTo(BOB.toString());
    assertThat(text("select portal ->> 'claimed_by' from reconciler.conflict"))
        .isEqualTo(ALICE.toString());
    quiet(List.of());
  }

  @Test
  void a_field_that_comes_back_as_it_was_is_no_other_one() {
    List<String> ids = settled();
    leads.renameField("Notes", "Remarks");
    sync();
    String notes = leads.field("Remarks").id();
    remove("Remarks");
    sync();
    world.portalEdit(ids.get(0), Duration.ofMinutes(2), Collections.singletonMap("notes", null));
    leads.addField(SandboxField.of("Notes", "multilineText").withId(notes));
    ids.forEach(id -> leads.update(id, Map.of("Notes", "note " + (ids.indexOf(id) + 1))));

    sync();

    assertThat(world.lead(ids.get(0))).containsEntry("notes", null);
    assertThat(cell(ids.get(0), "Notes")).isEmpty();
    assertThat(world.lead(ids.get(1))).containsEntry("notes", "note 2");
    assertThat(cell(ids.get(1), "Notes")).isEqualTo("note 2");
  }

  @Test
  void a_run_that_dies_before_the_new_id_is_kept_leaves_it_to_the_next() {
    List<String> ids = settled();
    remove("Notes");
    add("Notes", "multilineText");
    execute(
        "create function died() returns trigger language plpgsql as"
            + " 'begin raise exception ''died''; end'");
    execute(
        "create trigger died before update on reconciler.field for each row execute function"
            + " died()");
    try {
      assertThat(world.fullSync().success()).isFalse();
    } finally {
      execute("drop trigger died on reconciler.field; drop function died()");
    }

    fullSync();

    holdsNotes(ids);
    quiet(ids);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_dry_run_writes_nothing_and_decides_the_same(boolean full) {
    settled();
    remove("Notes");
    add("Notes", "multilineText");
    Map<String, List<String>> before = world.sides().database();
    world.sandbox().clearLogs();

    RunResult dry = succeeded(world.run(dryRun(full)));

    assertThat(world.sides().database()).isEqualTo(before);
    assertThat(writes()).isZero();
    assertThat(dry.stage1().updated()).isZero();
    assertThat(dry.stage2().updated()).isEqualTo(MANY);
    assertThat(run(full).stage2().updated()).isEqualTo(MANY);
  }

  @Test
  void an_inactive_lead_keeps_its_values_for_the_day_its_record_is_restored() {
    List<String> ids = settled();
    String gone = ids.get(0);
    leads.delete(gone);
    fullSync();
    remove("Notes");
    add("Notes", "multilineText");
    fullSync();
    assertThat(openDeadLetters()).isZero();
    assertThat(world.count("select count(*) from reconciler.agreed_value where pending")).isZero();
    leads.restore(gone);

    fullSync();
    sync();

    assertThat(world.lead(gone)).containsEntry("notes", "note 1").containsEntry("is_active", true);
    assertThat(cell(gone, "Notes")).isEqualTo("note 1");
    assertThat(world.sides().differences()).isEmpty();
  }

  // So long in agreement that nothing but the field itself leads to a value.
  private List<String> settled() {
    List<String> ids = reconciled(MANY);
    fullSync();
    aged();
    return ids;
  }

  private void aged() {
    leads.ids().forEach(id -> leads.setModified(id, Instant.now().minus(LONG_AGO)));
    execute("update leads set updated_at = now() - interval '2 days'");
    execute("update reconciler.agreed_value set airtable_modified_at = now() - interval '2 days'");
    sync();
    world.sandbox().clearLogs();
  }

  private void remove(String field) {
    leads.removeField(field);
  }

  private void add(String field, String type) {
    leads.addField(SandboxField.of(field, type));
  }

  private RunResult run(boolean full) {
    return succeeded(world.run(new RunRequest(Trigger.CLI, "test", 20, null, full, false, false)));
  }

  private void holdsNotes(List<String> ids) {
    for (String id : ids) {
      String note = "note " + (ids.indexOf(id) + 1);
      assertThat(world.lead(id)).containsEntry("notes", note);
      assertThat(cell(id, "Notes")).isEqualTo(note);
    }
    assertThat(conflicts()).isZero();
  }

  private void quiet(List<String> ids) {
    fullSync();
    if (!ids.isEmpty()) {
      holdsNotes(ids);
    }
    world.sandbox().clearLogs();
    List<String> leadRows = world.sides().rows("leads");
    List<String> agreed = world.sides().rows("reconciler.agreed_value");
    sync();
    fullSync();
    assertThat(writes()).isZero();
    assertThat(world.sides().rows("leads")).isEqualTo(leadRows);
    assertThat(world.sides().rows("reconciler.agreed_value")).isEqualTo(agreed);
  }

  private long conflicts() {
    return world.count("select count(*) from reconciler.conflict");
  }

  private long openDeadLetters() {
    return world.count("select count(*) from reconciler.dead_letter where status = 'open'");
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
