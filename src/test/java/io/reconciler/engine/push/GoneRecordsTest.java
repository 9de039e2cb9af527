package io.reconciler.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.RunOutcome;
import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records that are gone, as stage 2 finds them. */
@SideBySide(SideBySide.Lane.RUNS)
class GoneRecordsTest extends WorldTest {

  private static final String INACTIVE = "select count(*) from leads where not is_active";
  private static final String FORBIDDEN =
      "{\"error\":{\"type\":\"INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND\",\"message\":\"No.\"}}";

  @Test
  void a_record_missing_in_the_read_makes_its_lead_inactive_and_keeps_its_change() {
    List<String> ids = reconciled(12);
    claim(ids.get(0), ALICE, GRACE_OVER);
    claim(ids.get(1), BOB, GRACE_OVER);
    leads.delete(ids.get(0));

    RunResult result = sync();

    assertGone(ids.get(0));
    assertThat(result.stage2().updated()).isEqualTo(1);
    assertThat(result.stage2().recordsProcessed()).isEqualTo(2);
    assertThat(result.stage2().errors()).singleElement().asString().contains(ids.get(0), "gone");
    assertThat(cell(ids.get(1), "Claimed By")).isEqualTo(BOB.toString());
    assertThat(sync().stage2().recordsProcessed()).isZero();
  }

  @Test
  void a_record_deleted_just_before_the_patch_is_gone_and_the_rest_of_its_batch_is_pushed() {
    List<String> ids = reconciled(12);
    ids.subList(0, 5).forEach(id -> claim(id, ALICE, GRACE_OVER));
    beforeFirstPatch(() -> leads.delete(ids.get(2)));

    RunResult result = sync();

    assertGone(ids.get(2));
    assertThat(result.stage2().updated()).isEqualTo(4);
    assertThat(result.stage2().errorCount()).isEqualTo(1);
    assertThat(sync().stage2().recordsProcessed()).isZero();
  }

  @Test
  void a_403_on_a_batch_with_a_missing_record_is_about_that_record() {
    List<String> ids = reconciled(12);
    ids.subList(0, 3).forEach(id -> claim(id, ALICE, GRACE_OVER));
    boolean[] done = {false};
    world
        .sandbox()
        .onRequest(
            request -> {
              boolean first = request.method().equals("PATCH") && !done[0];
              if (first) {
                done[0] = true;
                leads.delete(ids.get(1));
              }
              return first;
            },
            Fault.answer(403, FORBIDDEN));

    RunResult result = sync();

    assertGone(ids.get(1));
    assertThat(result.stage2().updated()).isEqualTo(2);
    assertThat(cell(ids.get(2), "Claimed By")).isEqualTo(ALICE.toString());
  }

  @Test
  void a_403_on_a_batch_that_is_all_there_is_about_the_token_and_touches_no_lead() {
    List<String> ids = reconciled(12);
    ids.subList(0, 3).forEach(id -> claim(id, ALICE, GRACE_OVER));
    List<String> before = world.sides().rows("leads");
    world.sandbox().base(world.baseId()).setReadOnly(true);

    RunResult result = world.sync();

    assertThat(result.success()).isFalse();
    assertThat(result.failure()).contains("403", "data.records:write");
    assertThat(world.sides().rows("leads")).isEqualTo(before);
    assertThat(world.count("select count(*) from reconciler.dead_letter")).isZero();
    world.sandbox().base(world.baseId()).setReadOnly(false);
    assertThat(sync().stage2().updated()).isEqualTo(3);
  }

  @Test
  void the_guard_holds_in_stage_2_as_well() {
    List<String> ids = reconciled(20);
    ids.subList(0, 11).forEach(id -> claim(id, ALICE, GRACE_OVER));
    ids.subList(0, 11).forEach(leads::delete);

    ClientOutcome outcome = world.runAll(world.request(20, false)).get(0);

    assertThat(outcome.outcome()).isEqualTo(RunOutcome.STOPPED);
    assertThat(outcome.result().failure()).contains("11 of 20");
    assertThat(world.count(INACTIVE)).isZero();
    assertThat(world.count("select count(*) from reconciler.dead_letter")).isZero();
  }

  @Test
  void a_record_that_comes_back_makes_its_lead_active_and_gets_the_kept_change() {
    List<String> ids = reconciled(12);
    String id = ids.get(0);
    claim(id, ALICE, GRACE_OVER);
    leads.delete(id);
    sync();
    leads.restore(id);

    RunResult result = sync();

    assertThat(world.count(INACTIVE)).isZero();
    assertThat(result.stage2().updated()).isEqualTo(1);
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(text("select status from reconciler.dead_letter")).isEqualTo("closed");
  }

  @Test
  void a_gone_record_is_looked_for_again_when_its_dead_letter_is_due_and_costs_nothing_before() {
    List<String> ids = reconciled(12);
    String id = ids.get(0);
    claim(id, ALICE, GRACE_OVER);
    leads.delete(id);
    sync();

    RunResult early = sync();
    world.age(Duration.ofMinutes(61));
    RunResult due = sync();
    RunResult again = sync();

    assertThat(early.airtableRequests()).isEqualTo(1);
    assertThat(due.airtableRequests()).isEqualTo(2);
    assertThat(again.airtableRequests()).isEqualTo(1);
    assertThat(world.count("select attempts from reconciler.dead_letter")).isEqualTo(2);
    assertGone(id);
  }

  @Test
  void a_record_that_is_back_unmodified_gets_the_kept_change_when_its_dead_letter_is_due() {
    List<String> ids = reconciled(12);
    String id = ids.get(0);
    claim(id, ALICE, GRACE_OVER);
    leads.delete(id);
    sync();
    leads.restore(id);
    ids.forEach(any -> leads.setModified(any, Instant.now().minus(Duration.ofHours(3))));
    RunResult early = sync();
    world.age(Duration.ofMinutes(61));

    RunResult due = sync();

    assertThat(early.stage1().recordsProcessed()).isZero();
    assertThat(world.count(INACTIVE)).isZero();
    assertThat(due.stage2().updated()).isEqualTo(1);
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(text("select status from reconciler.dead_letter")).isEqualTo("closed");
    assertThat(sync().airtableRequests()).isEqualTo(1);
  }

  private void assertGone(String id) {
    assertThat(world.lead(id)).containsEntry("is_active", false).containsEntry("claimed_by", ALICE);
    assertThat(world.count(INACTIVE)).isEqualTo(1);
    assertThat(
            text(
                "select airtable_record_id || ' ' || stage || ' ' || status"
                    + " from reconciler.dead_letter"))
        .isEqualTo(id + " push open");
    assertThat(text("select payload -> 'claim' ->> 'claimed_by' from reconciler.dead_letter"))
        .isEqualTo(ALICE.toString());
  }

  private void beforeFirstPatch(Runnable work) {
    boolean[] done = {false};
    world
        .sandbox()
        .onRequest(
            request -> {
              if (request.method().equals("PATCH") && !done[0]) {
                done[0] = true;
                work.run();
              }
              return false;
            },
            Fault.unavailable());
  }
}
