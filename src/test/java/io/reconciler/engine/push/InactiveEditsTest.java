package io.reconciler.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the portal does by SQL to leads whose record is gone, or whose times say nothing. */
@SideBySide(SideBySide.Lane.RUNS)
class InactiveEditsTest extends WorldTest {

  private static final String LETTERS =
      "select coalesce(string_agg(airtable_record_id || ' ' || stage || ' ' || status || ' '"
          + " || coalesce(payload #>> '{claim,claimed_by}', payload #>> '{notes,notes}', '-'), ', '"
          + " order by airtable_record_id), '') from reconciler.dead_letter where status <> 'closed'";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_edit_of_an_inactive_lead_becomes_a_dead_letter_once(boolean full) {
    String id = inactive(12).get(0);
    claim(id, ALICE, Duration.ofSeconds(5));

    RunResult dry = succeeded(world.run(full ? dryRun(true) : dryScheduled()));
    RunResult run = succeeded(world.run(full ? world.request(20, true) : scheduled()));
    RunResult again = succeeded(world.run(full ? world.request(20, true) : scheduled()));

    assertThat(text(LETTERS)).isEqualTo(id + " push open " + ALICE);
    assertThat(run.stage2().errors())
        .singleElement()
        .asString()
        .contains(id, "the lead is inactive");
    assertThat(dry.stage2()).isEqualTo(run.stage2());
    assertThat(again.stage2().errorCount()).isZero();
    assertThat(text("select attempts from reconciler.dead_letter")).isEqualTo("1");
  }

  @AfterEach
  void everyLeadWasEdited() {
    world.jdbc().sql("update leads set updated_at = now() where updated_at is null").update();
    world.jdbc().sql("alter table leads alter updated_at set not null").update();
  }

  @Test
  void a_later_edit_takes_its_place_and_a_discarded_one_stays_so_until_then() {
    String id = inactive(12).get(0);
    claim(id, ALICE, Duration.ofSeconds(20));
    succeeded(world.run(scheduled()));
    world.jdbc().sql("update reconciler.dead_letter set status = 'discarded'").update();
    succeeded(world.run(scheduled()));
    assertThat(text(LETTERS)).isEqualTo(id + " push discarded " + ALICE);

    claim(id, BOB, Duration.ofSeconds(5));
    succeeded(world.run(scheduled()));

    assertThat(text(LETTERS)).isEqualTo(id + " push open " + BOB);
  }

  @Test
  void a_record_that_is_restored_gets_it() {
    String id = inactive(12).get(0);
    claim(id, ALICE, GRACE_OVER);
    succeeded(world.run(scheduled()));
    leads.restore(id);

    fullSync();

    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.lead(id)).containsEntry("is_active", true);
    assertThat(text(LETTERS)).isEmpty();
  }

  @Test
  void a_dry_run_knows_that_a_lead_would_be_active_again() {
    String id = inactive(12).get(0);
    claim(id, ALICE, GRACE_OVER);
    leads.restore(id);

    RunResult dry = succeeded(world.run(dryRun(true)));
    RunResult run = fullSync();

    assertThat(dry.stage1()).isEqualTo(run.stage1());
    assertThat(dry.stage2()).isEqualTo(run.stage2());
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
  }

  @Test
  void an_edit_without_a_time_is_found_by_the_sweep() {
    List<String> ids = inactive(12);
    nothingInUpdatedAt(ids.get(0), "notes = 'by hand'");
    nothingInUpdatedAt(ids.get(1), "notes = 'by hand too'");

    fullSync();

    assertThat(text(LETTERS)).isEqualTo(ids.get(0) + " push open by hand");
    assertThat(cell(ids.get(1), "Notes")).isEqualTo("by hand too");
    world.sandbox().clearLogs();
    assertThat(fullSync().stage2().recordsProcessed()).isZero();
    assertThat(writes()).isZero();
  }

  @Test
  void leads_that_were_inactive_before_the_engine_came_are_left_alone() {
    String id = inactive(12).get(0);
    world
        .jdbc()
        .sql("delete from reconciler.agreed_value where airtable_record_id = ?")
        .param(id)
        .update();

    RunResult run = fullSync();

    assertThat(run.stage2().errorCount()).isZero();
    assertThat(text(LETTERS)).isEmpty();
  }

  @Test
  void of_leads_that_stage_2_finds_gone_only_the_locked_one_waits() throws Exception {
    List<String> ids = reconciled(30);
    ids.subList(0, 2).forEach(id -> claim(id, ALICE, GRACE_OVER));
    ids.subList(0, 2).forEach(leads::delete);
    RunResult run;
    try (Connection portal = world.database().getConnection();
        Statement statement = portal.createStatement()) {
      portal.setAutoCommit(false);
      statement.execute(
          "select 1 from leads where airtable_record_id = '" + ids.get(0) + "' for update");
      run = sync();
      portal.rollback();
    }
    assertThat(world.lead(ids.get(0))).containsEntry("is_active", true);
    assertThat(world.lead(ids.get(1))).containsEntry("is_active", false);
    assertThat(text(LETTERS)).isEqualTo(ids.get(1) + " push open " + ALICE);
    assertThat(run.stage2().recordsProcessed()).isEqualTo(2);
    assertThat(String.join("\n", run.stage2().errors()))
        .contains(ids.get(0) + ": its record is gone, but its lead could not be marked inactive")
        .contains(ids.get(1) + ": the record is gone from Airtable")
        .doesNotContain(ids.get(0) + ": the record is gone");

    sync();

    assertThat(world.lead(ids.get(0))).containsEntry("is_active", false);
    assertThat(world.count("select count(*) from reconciler.dead_letter")).isEqualTo(2);
  }

  /** The first of so many leads is inactive: a sweep did not find its record. */
  private List<String> inactive(int count) {
    List<String> ids = reconciled(count);
    fullSync();
    leads.delete(ids.get(0));
    fullSync();
    assertThat(world.lead(ids.get(0))).containsEntry("is_active", false);
    ids.subList(1, count).forEach(id -> leads.setModified(id, Instant.now().minusSeconds(4000)));
    world.sandbox().clearLogs();
    return ids;
  }

  private void nothingInUpdatedAt(String id, String edit) {
    world.jdbc().sql("alter table leads alter updated_at drop not null").update();
    world
        .jdbc()
        .sql("update leads set updated_at = null, " + edit + " where airtable_record_id = ?")
        .param(id)
        .update();
  }

  private static io.reconciler.engine.run.RunRequest dryScheduled() {
    return new io.reconciler.engine.run.RunRequest(
        io.reconciler.engine.run.Trigger.SCHEDULE, "schedule", 20, null, false, true, false);
  }
}
