package io.reconciler.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Answers of success that show, of what was sent, what Airtable held before. */
@SideBySide(SideBySide.Lane.RUNS)
class PartlyTakenPushTest extends WorldTest {

  private static final Predicate<LoggedRequest> PATCH = r -> r.method().equals("PATCH");
  private static final String OPEN =
      "select count(*) from reconciler.dead_letter where status = 'open'";

  @Test
  void a_change_that_the_answer_shows_undone_stays_the_portals_and_is_a_dead_letter() {
    List<String> ids = reconciled(3);
    ids.forEach(this::append);
    String undone = ids.get(1);
    shows(undone, "{\"Notes\":\"note 2\"}");

    RunResult result = sync();

    assertThat(result.stage2().updated()).isEqualTo(2);
    assertThat(result.stage2().errors())
        .containsExactly(
            undone
                + ", field \"Notes\": Airtable took the update, but shows the field \"Notes\" as it"
                + " was before");
    assertThat(world.lead(undone)).containsEntry("notes", "note 2\nmore");
    assertThat(cell(undone, "Notes")).isEqualTo("note 2");
    assertThat(cell(ids.get(2), "Notes")).isEqualTo("note 3\nmore");
    assertThat(world.lead(ids.get(2))).containsEntry("notes", "note 3\nmore");
    assertThat(world.count(OPEN)).isOne();
    assertThat(text("select intent::text from reconciler.agreed_value where pending"))
        .isEqualTo("{}");
  }

  @Test
  void it_costs_the_next_run_nothing_and_arrives_when_it_is_due() {
    String id = reconciled(1).get(0);
    append(id);
    shows(id, "{\"Notes\":\"note 1\"}");
    sync();
    assertThat(sync().stage2().recordsProcessed()).isZero();
    world.sandbox().clearFaults();
    world.jdbc().sql("update reconciler.dead_letter set next_attempt_at = now()").update();

    RunResult due = sync();

    assertThat(due.stage2().updated()).isOne();
    assertThat(cell(id, "Notes")).isEqualTo("note 1\nmore");
    assertThat(world.lead(id)).containsEntry("notes", "note 1\nmore");
    assertThat(world.count(OPEN)).isZero();
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void what_a_second_request_brings_there_is_no_dead_letter() {
    List<String> ids = reconciled(2);
    ids.forEach(this::append);
    String old = "{\"records\":[%s,%s]}";
    String body = old.formatted(record(ids.get(0), 1), record(ids.get(1), 2));
    world.sandbox().onRequest(PATCH, Fault.answer(200, body));

    RunResult result = sync();

    assertThat(result.stage2().updated()).isEqualTo(2);
    assertThat(world.count("select count(*) from reconciler.dead_letter")).isZero();
    assertThat(cell(ids.get(0), "Notes")).isEqualTo("note 1\nmore");
    assertThat(world.lead(ids.get(0))).containsEntry("notes", "note 1\nmore");
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_claim_taken_back_that_still_stands_there_is_not_claimed_again() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER.multipliedBy(2));
    sync();
    String claimedAt = cell(id, "Claimed At");
    unclaim(id, GRACE_OVER);
    String claimed = "{\"Claimed By\":\"%s\",\"Claimed At\":\"%s\"}";
    shows(id, claimed.formatted(ALICE, claimedAt));

    RunResult result = sync();

    assertThat(result.stage2().errorCount()).isOne();
    assertThat(world.lead(id)).containsEntry("claimed_by", null).containsEntry("claimed_at", null);
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.count(OPEN)).isOne();
  }

  @Test
  void a_field_group_of_which_one_field_arrived_is_no_edit_of_airtables() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER.multipliedBy(2));
    sync();
    String before = cell(id, "Claimed At");
    claim(id, BOB, GRACE_OVER);
    shows(id, "{\"Claimed By\":\"%s\",\"Claimed At\":\"%s\"}".formatted(BOB, before));

    RunResult result = sync();

    assertThat(result.stage2().errors()).singleElement().asString().contains("\"Claimed At\" as");
    assertThat(world.lead(id)).containsEntry("claimed_by", BOB);
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.count(OPEN)).isOne();
  }

  @Test
  void a_third_value_is_a_change_of_airtables_as_ever() {
    String id = reconciled(1).get(0);
    append(id);
    shows(id, "{\"Notes\":\"something else\"}");

    RunResult result = sync();

    assertThat(result.stage2().updated()).isOne();
    assertThat(world.lead(id)).containsEntry("notes", "something else");
    assertThat(world.count("select count(*) from reconciler.dead_letter")).isZero();
  }

  @Test
  void what_airtable_only_trims_has_arrived() {
    String id = reconciled(1).get(0);
    world.portalEdit(id, GRACE_OVER, Map.of("notes", "note 1  "));
    shows(id, "{\"Notes\":\"note 1\"}");

    RunResult result = sync();

    assertThat(result.stage2().updated()).isOne();
    assertThat(world.lead(id)).containsEntry("notes", "note 1");
    assertThat(cell(id, "Notes")).isEqualTo("note 1");
    assertThat(world.count("select count(*) from reconciler.dead_letter")).isZero();
    assertThat(sync().stage2().recordsProcessed()).isZero();
  }

  private void append(String id) {
    String notes = String.valueOf(world.lead(id).get("notes"));
    world.portalEdit(id, GRACE_OVER, Map.of("notes", notes + "\nmore"));
  }

  private static String record(String id, int number) {
    return "{\"id\":\"%s\",\"fields\":{\"Notes\":\"note %d\"}}".formatted(id, number);
  }

  /** From now on each PATCH with this record is answered with it alone, and changes nothing. */
  private void shows(String id, String fields) {
    String body = "{\"records\":[{\"id\":\"%s\",\"fields\":%s}]}".formatted(id, fields);
    world
        .sandbox()
        .onRequest(r -> PATCH.test(r) && r.body().contains(id), Fault.answer(200, body).always());
  }
}
