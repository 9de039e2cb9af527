package io.reconciler.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.RunOutcome;
import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records that are gone, as a full sweep finds them. */
@SideBySide(SideBySide.Lane.RUNS)
class FullSweepTest extends WorldTest {

  private static final String INACTIVE = "select count(*) from leads where not is_active";

  @Test
  void a_lead_whose_record_is_gone_becomes_inactive_and_nothing_else_of_it_changes() {
    List<String> ids = reconciled(12);
    Map<String, Object> before = world.lead(ids.get(3));
    leads.delete(ids.get(3));

    RunResult result = fullSync();

    assertThat(result.stage1().deactivated()).isEqualTo(1);
    before.put("is_active", false);
    assertThat(world.lead(ids.get(3))).isEqualTo(before);
    assertThat(world.count(INACTIVE)).isEqualTo(1);
  }

  @Test
  void a_change_of_the_portal_to_a_record_that_is_gone_is_kept_in_the_dead_letters() {
    List<String> ids = reconciled(12);
    claim(ids.get(3), ALICE, GRACE_OVER);
    leads.delete(ids.get(3));
    leads.delete(ids.get(4));

    RunResult result = fullSync();

    assertThat(result.stage1().deactivated()).isEqualTo(2);
    assertThat(result.stage2().errors()).singleElement().asString().contains(ids.get(3), "gone");
    assertThat(
            text(
                "select airtable_record_id || ' ' || (payload -> 'claim' ->> 'claimed_by')"
                    + " from reconciler.dead_letter"))
        .isEqualTo(ids.get(3) + " " + ALICE);
    assertThat(fullSync().stage2().errorCount()).isZero();
  }

  @Test
  void a_record_that_comes_back_makes_its_lead_active_again() {
    List<String> ids = reconciled(12);
    leads.delete(ids.get(3));
    fullSync();
    leads.restore(ids.get(3));

    RunResult result = fullSync();

    assertThat(result.stage1().updated()).isEqualTo(1);
    assertThat(world.count(INACTIVE)).isZero();
    assertThat(fullSync().stage1().updated()).isZero();
  }

  @Test
  void a_delta_run_takes_a_record_it_did_not_list_for_no_sign_of_deletion() {
    List<String> ids = reconciled(12);
    leads.delete(ids.get(3));

    RunResult result = sync();

    assertThat(result.stage1().deactivated()).isZero();
    assertThat(world.count(INACTIVE)).isZero();
  }

  @Test
  void a_listing_that_fails_half_way_deactivates_nothing() {
    List<String> ids = reconciled(150);
    leads.delete(ids.get(3));
    world.sandbox().onRequest(r -> r.query("offset") != null, Fault.unavailable().always());

    RunResult result = world.fullSync();

    assertThat(result.success()).isFalse();
    assertThat(result.stage1().deactivated()).isZero();
    assertThat(world.count(INACTIVE)).isZero();
  }

  @Test
  void a_record_that_the_listing_missed_but_that_is_there_keeps_its_lead_active() {
    List<String> ids = reconciled(12);
    String missed = ids.get(3);
    leads.delete(missed);
    world
        .sandbox()
        .onRequest(
            r -> {
              if (String.valueOf(r.query("filterByFormula")).contains(missed)) {
                leads.restore(missed);
              }
              return false;
            },
            Fault.unavailable());

    RunResult result = fullSync();

    assertThat(result.stage1().deactivated()).isZero();
    assertThat(world.count(INACTIVE)).isZero();
  }

  @Test
  void the_guard_stops_a_sweep_that_would_deactivate_too_many() {
    List<String> ids = reconciled(100);
    claim(ids.get(50), ALICE, GRACE_OVER);
    ids.subList(0, 11).forEach(leads::delete);

    ClientOutcome outcome = world.runAll(world.request(20, true)).get(0);

    assertThat(outcome.outcome()).isEqualTo(RunOutcome.STOPPED);
    assertThat(outcome.result().failure()).contains("11 of 100", "--force");
    assertThat(outcome.result().stage1().deactivated()).isZero();
    assertThat(outcome.result().stage2().recordsProcessed()).isZero();
    assertThat(world.count(INACTIVE)).isZero();
    assertThat(writes()).isZero();
    assertThat(text("select outcome from reconciler.run order by started_at desc limit 1"))
        .isEqualTo("failed");
  }

  @Test
  void the_guard_lets_a_tenth_pass() {
    List<String> ids = reconciled(110);
    ids.subList(0, 11).forEach(leads::delete);

    assertThat(fullSync().stage1().deactivated()).isEqualTo(11);
  }

  @Test
  void the_guard_stops_a_sweep_that_finds_an_empty_table() {
    reconciled(3).forEach(leads::delete);

    ClientOutcome outcome = world.runAll(world.request(20, true)).get(0);

    assertThat(outcome.outcome()).isEqualTo(RunOutcome.STOPPED);
    assertThat(world.count(INACTIVE)).isZero();
  }

  @Test
  void force_gets_past_the_guard() {
    reconciled(3).forEach(leads::delete);

    RunResult result = succeeded(world.run(forced()));

    assertThat(result.stage1().deactivated()).isEqualTo(3);
    assertThat(world.count(INACTIVE)).isEqualTo(3);
  }
}
