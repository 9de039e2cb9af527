package io.reconciler.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A change that Airtable refuses for its data delays only itself, and costs nothing twice. */
@SideBySide(SideBySide.Lane.RUNS)
class RefusedPushTest extends WorldTest {

  private static final String REFUSAL =
      "{\"error\":{\"type\":\"INVALID_VALUE_FOR_COLUMN\",\"message\":\"Poison\"}}";
  private static final String LETTER =
      "select airtable_record_id || ' ' || stage || ' ' || field || ' ' || attempts || ' ' || status"
          + " from reconciler.dead_letter";

  @Test
  void one_bad_record_in_a_batch_of_ten_leaves_nine_pushed_and_one_dead_letter() {
    String poison = tenClaimsOneBad();

    RunResult result = sync();

    assertThat(result.stage2().updated()).isEqualTo(9);
    assertThat(result.stage2().recordsProcessed()).isEqualTo(10);
    assertThat(result.stage2().errors())
        .singleElement()
        .asString()
        .contains(poison, "Claimed By", "Poison");
    assertThat(text(LETTER)).isEqualTo(poison + " push claim 1 open");
    assertThat(leads.cells(poison)).doesNotContainKey("Claimed By");
    assertThat(world.sides().differences()).hasSize(2).allMatch(d -> d.startsWith(poison));
  }

  @Test
  void a_refused_record_costs_the_next_run_no_request() {
    tenClaimsOneBad();
    sync();
    world.sandbox().clearLogs();

    RunResult next = sync();

    assertThat(next.airtableRequests()).isEqualTo(1);
    assertThat(next.stage2().recordsProcessed()).isZero();
    assertThat(world.sandbox().writes()).isEmpty();
  }

  @Test
  void a_refused_record_is_tried_again_when_the_portal_changes_it() {
    String poison = tenClaimsOneBad();
    sync();
    world.sandbox().clearFaults();
    claim(poison, BOB, GRACE_OVER);

    RunResult next = sync();

    assertThat(next.stage2().updated()).isEqualTo(1);
    assertThat(cell(poison, "Claimed By")).isEqualTo(BOB.toString());
    assertThat(text("select status from reconciler.dead_letter")).isEqualTo("closed");
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_refused_record_is_tried_again_when_airtable_changes_it() {
    String poison = tenClaimsOneBad();
    sync();
    world.sandbox().clearFaults();
    leads.update(poison, Map.of("First Name", "Eve"));

    RunResult next = sync();

    assertThat(next.stage2().updated()).isEqualTo(1);
    assertThat(cell(poison, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(text("select status from reconciler.dead_letter")).isEqualTo("closed");
  }

  @Test
  void a_refused_record_is_tried_again_after_growing_pauses() {
    String poison = tenClaimsOneBad();
    sync();
    world.age(Duration.ofMinutes(59));
    RunResult early = sync();
    world.age(Duration.ofMinutes(2));
    RunResult second = sync();
    world.age(Duration.ofMinutes(61));
    RunResult tooEarly = sync();
    world.sandbox().clearFaults();
    world.age(Duration.ofMinutes(61));

    RunResult third = sync();

    assertThat(early.stage2().recordsProcessed()).isZero();
    assertThat(second.stage2().errorCount()).isEqualTo(1);
    assertThat(tooEarly.stage2().recordsProcessed()).isZero();
    assertThat(third.stage2().updated()).isEqualTo(1);
    assertThat(text(LETTER)).isEqualTo(poison + " push claim 2 closed");
  }

  @Test
  void a_discarded_change_stays_discarded_until_a_value_changes() {
    String poison = tenClaimsOneBad();
    sync();
    world.jdbc().sql("update reconciler.dead_letter set status = 'discarded'").update();
    world.sandbox().clearFaults();
    world.age(Duration.ofDays(3));
    RunResult later = sync();
    String stays = text("select status from reconciler.dead_letter");
    claim(poison, BOB, GRACE_OVER);

    RunResult changed = sync();

    assertThat(later.stage2().recordsProcessed()).isZero();
    assertThat(stays).isEqualTo("discarded");
    assertThat(changed.stage2().updated()).isEqualTo(1);
  }

  @Test
  void only_the_bad_field_group_of_a_record_is_held_back() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    world.portalEdit(id, GRACE_OVER, Map.of("notes", "note 1\nmore"));
    refuse(ALICE.toString());

    RunResult result = sync();

    assertThat(cell(id, "Notes")).isEqualTo("note 1\nmore");
    assertThat(leads.cells(id)).doesNotContainKey("Claimed By");
    assertThat(result.stage2().errorCount()).isEqualTo(1);
    assertThat(text(LETTER)).isEqualTo(id + " push claim 1 open");
    assertThat(sync().airtableRequests()).isEqualTo(1);
  }

  @Test
  void a_record_of_which_nothing_can_be_noted_waits_and_is_tried_again_when_it_is_due() {
    String id = outOfTheWindow();
    claim(id, ALICE, GRACE_OVER);
    RunResult first;
    RunResult early;
    RunResult due;
    refuseAgreements(id);
    try {
      first = sync();
      early = sync();
      makeDue();
      due = sync();
    } finally {
      takeAgreements();
    }
    RunResult healed = sync();
    makeDue();
    RunResult last = sync();

    assertThat(first.stage2().errorCount()).isEqualTo(1);
    assertThat(early.airtableRequests()).isEqualTo(1);
    assertThat(early.stage2().recordsProcessed()).isZero();
    assertThat(due.stage2().errors()).singleElement().asString().contains(id, "not to be noted");
    assertThat(healed.airtableRequests()).isEqualTo(1);
    assertThat(last.stage2().updated()).isEqualTo(1);
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(text(LETTER)).isEqualTo(id + " push  2 closed");
    assertThat(sync().airtableRequests()).isEqualTo(1);
  }

  @Test
  void a_record_of_which_nothing_could_be_noted_is_tried_again_when_the_portal_changes_it() {
    String id = outOfTheWindow();
    claim(id, ALICE, GRACE_OVER);
    refuseAgreements(id);
    try {
      sync();
    } finally {
      takeAgreements();
    }
    claim(id, BOB, GRACE_OVER);

    RunResult changed = sync();

    assertThat(changed.stage2().updated()).isEqualTo(1);
    assertThat(text(LETTER)).isEqualTo(id + " push  1 closed");
  }

  @Test
  void a_record_whose_lead_is_equal_by_now_is_looked_at_once_and_done_with() {
    String id = outOfTheWindow();
    world
        .jdbc()
        .sql(
            "insert into reconciler.dead_letter (id, client_id, run_id, stage, airtable_record_id,"
                + " field, reason, payload, attempts, first_at, last_at, next_attempt_at, status)"
                + " values (gen_random_uuid(), ?, gen_random_uuid(), 'push', ?, '', 'x', '{}', 1,"
                + " now(), now(), now(), 'open')")
        .params(world.clientId(), id)
        .update();
    world.age(GRACE_OVER);

    RunResult result = sync();

    assertThat(result.stage2().skippedBy().unchanged()).isEqualTo(1);
    assertThat(text(LETTER)).isEqualTo(id + " push  1 closed");
    assertThat(sync().airtableRequests()).isEqualTo(1);
  }

  private String outOfTheWindow() {
    List<String> ids = reconciled(3);
    ids.forEach(id -> leads.setModified(id, Instant.now().minus(Duration.ofHours(3))));
    return ids.get(1);
  }

  private void makeDue() {
    world.jdbc().sql("update reconciler.dead_letter set next_attempt_at = now()").update();
  }

  private void refuseAgreements(String id) {
    world
        .jdbc()
        .sql(
            "create function not_noted() returns trigger language plpgsql as"
                + " $$begin raise exception 'not to be noted'; end$$;"
                + " create trigger not_noted before insert or update on reconciler.agreed_value"
                + " for each row when (new.airtable_record_id = '"
                + id
                + "') execute function not_noted()")
        .update();
  }

  private void takeAgreements() {
    world.jdbc().sql("drop function not_noted() cascade").update();
  }

  /** The bad one claims for Alice, the others for Bob. */
  private String tenClaimsOneBad() {
    List<String> ids = reconciled(10);
    String poison = ids.get(6);
    ids.forEach(id -> claim(id, id.equals(poison) ? ALICE : BOB, GRACE_OVER));
    refuse(ALICE.toString());
    return poison;
  }

  private void refuse(String content) {
    world
        .sandbox()
        .onRequest(
            request -> request.method().equals("PATCH") && request.body().contains(content),
            Fault.answer(422, REFUSAL).always());
  }
}
