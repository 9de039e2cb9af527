package io.reconciler.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fields that the token's user may not edit, and records that Airtable keeps from being written.
 */
@SideBySide(SideBySide.Lane.RUNS)
class FieldRightsTest extends WorldTest {

  private static final Predicate<LoggedRequest> PATCH = r -> r.method().equals("PATCH");
  private static final String PLAIN = "You are not permitted to perform this operation";
  private static final String OF_FIELD =
      "You are not permitted to write cell values in field Claimed By (fld00000000000001)";
  private static final String LETTERS = "select count(*) from reconciler.dead_letter";
  private static final String OPEN = LETTERS + " where status = 'open'";

  @Test
  void one_field_that_may_not_be_edited_stops_neither_the_others_nor_their_records() {
    List<String> ids = reconciled(25);
    ids.forEach(id -> claim(id, ALICE, GRACE_OVER));
    ids.forEach(this::append);
    bar("Claimed By", PLAIN);

    RunResult result = sync();

    for (String id : ids) {
      assertThat(cell(id, "Notes")).endsWith("\nmore");
      assertThat(leads.cells(id)).doesNotContainKey("Claimed By");
      assertThat(world.lead(id)).containsEntry("claimed_by", ALICE);
    }
    assertThat(result.stage2().errors())
        .hasSize(25)
        .allMatch(
            text ->
                text.contains(
                    "field \"Claimed By\", \"Claimed At\": the token's user may not edit the field"
                        + " \"Claimed By\", \"Claimed At\" in Airtable: PATCH"))
        .allMatch(text -> text.endsWith("403 INVALID_PERMISSIONS: " + PLAIN));
    assertThat(world.count(OPEN + " and field = 'claim'")).isEqualTo(25);
    // Three batches side by side, then one record group by group, and the notes of them all.
    assertThat(patches()).isLessThanOrEqualTo(3 + 2 + 4);
    assertThat(text("select count(*) from reconciler.agreed_value where intent <> '{}'"))
        .isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_field_that_airtable_names_needs_no_other_to_be_told_from_the_token(boolean named) {
    List<String> ids = reconciled(12);
    ids.forEach(id -> claim(id, ALICE, GRACE_OVER));
    bar("Claimed By", named ? OF_FIELD : PLAIN);

    RunResult result = world.sync();

    assertThat(result.success()).isEqualTo(named);
    assertThat(world.count(OPEN)).isEqualTo(named ? 12 : 0);
    assertThat(patches()).isLessThanOrEqualTo(4);
    if (!named) {
      assertThat(result.failure()).contains("403", "the token may not write");
    }
    ids.forEach(id -> assertThat(world.lead(id)).containsEntry("claimed_by", ALICE));
    ids.forEach(id -> assertThat(leads.cells(id)).doesNotContainKey("Claimed By"));
  }

  @Test
  void a_token_that_may_write_nothing_fails_the_run_after_a_few_requests_and_loses_nothing() {
    List<String> ids = reconciled(40);
    ids.forEach(id -> claim(id, ALICE, GRACE_OVER));
    ids.forEach(this::append);
    world.sandbox().base(world.baseId()).setReadOnly(true);

    RunResult result = world.sync();

    assertThat(result.failure())
        .contains("403", "the records are there, so the token may not write", "data.records:write");
    assertThat(result.airtableRequests()).isLessThanOrEqualTo(1 + 1 + 4 + 1 + 4);
    assertThat(world.count(LETTERS)).isZero();
    world.sandbox().base(world.baseId()).setReadOnly(false);
    assertThat(sync().stage2().updated()).isEqualTo(40);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void what_may_not_be_edited_costs_later_runs_nothing_and_is_tried_with_one_record_when_due() {
    List<String> ids = reconciled(12);
    ids.forEach(id -> claim(id, ALICE, GRACE_OVER));
    append(ids.get(0));
    bar("Claimed By", PLAIN);
    sync();
    RunResult early = sync();
    world.age(Duration.ofMinutes(61));
    world.sandbox().clearLogs();

    RunResult due = sync();

    assertThat(early.airtableRequests()).isEqualTo(1);
    assertThat(due.stage2().errorCount()).isEqualTo(12);
    // Two batches side by side, and one record.
    assertThat(patches()).isEqualTo(3);
    assertThat(world.count("select min(attempts) from reconciler.dead_letter")).isEqualTo(2);
    world.sandbox().clearFaults();
    world.jdbc().sql("update reconciler.dead_letter set next_attempt_at = now()").update();
    assertThat(sync().stage2().updated()).isEqualTo(12);
    assertThat(world.count(OPEN)).isZero();
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_new_edit_of_a_field_that_is_barred_is_known_by_the_letters_of_the_others() {
    List<String> ids = reconciled(3);
    claim(ids.get(0), ALICE, GRACE_OVER);
    append(ids.get(1));
    bar("Claimed By", PLAIN);
    sync();
    world.sandbox().clearLogs();
    claim(ids.get(2), BOB, GRACE_OVER);

    RunResult result = sync();

    assertThat(result.stage2().errorCount()).isEqualTo(1);
    assertThat(world.count(OPEN)).isEqualTo(2);
    assertThat(patches()).isEqualTo(2);
    assertThat(world.lead(ids.get(2))).containsEntry("claimed_by", BOB);
    assertThat(leads.cells(ids.get(2))).doesNotContainKey("Claimed By");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MODEL_ID_NOT_FOUND", "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND"})
  void a_record_that_airtable_refuses_though_a_read_shows_it_delays_only_itself(String type) {
    List<String> ids = reconciled(12);
    ids.forEach(id -> claim(id, ALICE, GRACE_OVER));
    // The first of them all, which is the one to be tried.
    String bad = ids.stream().sorted().findFirst().orElseThrow();
    refuse(r -> r.body().contains(bad), type.startsWith("MODEL") ? 404 : 403, type, "No");

    RunResult result = sync();

    assertThat(result.stage2().updated()).isEqualTo(11);
    assertThat(result.stage2().errors()).singleElement().asString().contains(bad, type);
    assertThat(world.count(OPEN)).isEqualTo(1);
    assertThat(world.lead(bad)).containsEntry("claimed_by", ALICE).containsEntry("is_active", true);
    assertThat(leads.cells(bad)).doesNotContainKey("Claimed By");
    assertThat(world.sides().differences()).hasSize(2).allMatch(d -> d.startsWith(bad));
  }

  @ParameterizedTest
  @ValueSource(strings = {"404 MODEL_ID_NOT_FOUND", "404 NOT_FOUND", "422 ROW_DOES_NOT_EXIST"})
  void a_record_of_a_batch_that_is_gone_delays_only_itself(String answer) {
    List<String> ids = reconciled(12);
    ids.subList(0, 8).forEach(id -> claim(id, ALICE, GRACE_OVER));
    String gone = ids.get(3);
    boolean[] deleted = {false};
    refuse(
        r -> {
          boolean own = r.body().contains(gone);
          if (own && !deleted[0]) {
            deleted[0] = true;
            leads.delete(gone);
          }
          return own;
        },
        Integer.parseInt(answer.substring(0, 3)),
        answer.substring(4),
        "Record not found");

    RunResult result = sync();

    assertThat(result.stage2().updated()).isEqualTo(7);
    assertThat(result.stage2().errors()).singleElement().asString().contains(gone, "is gone");
    assertThat(world.lead(gone)).containsEntry("is_active", false);
    assertThat(world.lead(gone)).containsEntry("claimed_by", ALICE);
    assertThat(cell(ids.get(7), "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.count("select count(*) from leads where not is_active")).isOne();
    assertThat(world.count(OPEN)).isOne();
  }

  private void append(String id) {
    String notes = String.valueOf(world.lead(id).get("notes"));
    world.portalEdit(id, GRACE_OVER, Map.of("notes", notes + "\nmore"));
  }

  private void bar(String field, String message) {
    String id = leads.field(field).id();
    refuse(
        r -> r.body().contains("\"" + field + "\"") || r.body().contains("\"" + id + "\""),
        403,
        "INVALID_PERMISSIONS",
        message);
  }

  private void refuse(Predicate<LoggedRequest> which, int status, String type, String message) {
    String body = "{\"error\":{\"type\":\"%s\",\"message\":\"%s\"}}".formatted(type, message);
    world.sandbox().onRequest(PATCH.and(which), Fault.answer(status, body).always());
  }

  private long patches() {
    return world.sandbox().requests().stream().filter(PATCH).count();
  }
}
