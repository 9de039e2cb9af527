package io.reconciler.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of Airtable that name a record and don't show it, or show it without any cell. */
class MangledRecordsTest extends WorldTest {

  private static final Duration LONG_AGO = Duration.ofHours(2);
  private static final Predicate<LoggedRequest> READ =
      request -> isRead(request) && text(request).contains("RECORD_ID()");
  private static final Predicate<LoggedRequest> LISTING =
      request -> isRead(request) && !text(request).contains("RECORD_ID()");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id': '%s', 'createdTime': '2026-01-01T00:00:00.000Z'}",
        "{'id': '%s', 'createdTime': '2026-01-01T00:00:00.000Z', 'fields': null}",
        "{'id': '%s', 'createdTime': '2026-01-01T00:00:00.000Z', 'fields': {}}",
        "{'id': null, 'fields': {'First Name': '%s'}}"
      })
  void what_one_answer_gets_wrong_is_asked_for_again(String entry) {
    String id = reconciled(1).get(0);
    leads.update(id, Map.of("First Name", "Eve"));
    world.sandbox().onRequest(LISTING, answer(entry.formatted(id)));

    RunResult result = sync();

    assertThat(result.stage1().errorCount()).isEqualTo(entry.contains("{}") ? 0 : 1);
    assertThat(result.airtableRequests()).isEqualTo(2);
    assertThat(world.lead(id)).containsEntry("first_name", "Eve").containsEntry("notes", "note 1");
    assertThat(left()).isZero();
  }

  @Test
  void a_record_that_the_listing_never_shows_is_read_by_its_id() {
    String id = reconciled(1).get(0);
    leads.update(id, Map.of("First Name", "Eve"));
    world.sandbox().onRequest(LISTING, answer(withoutFields(id)).always());

    RunResult result = sync();

    assertThat(result.stage1().errors())
        .containsExactly("Airtable record " + id + " missing its fields - skipping");
    assertThat(world.lead(id)).containsEntry("first_name", "Eve");
    assertThat(left()).isZero();
  }

  @Test
  void a_record_that_is_not_shown_at_all_is_kept_in_mind_until_it_is() {
    String id = reconciled(1).get(0);
    leads.update(id, Map.of("First Name", "Eve"));
    world.sandbox().onRequest(MangledRecordsTest::isRead, answer(withoutFields(id)).always());
    sync();
    assertThat(world.lead(id)).containsEntry("first_name", "Lead 1");
    assertThat(left()).isOne();
    world.sandbox().clearFaults();
    // Out of the window of what comes next.
    world.age(LONG_AGO);
    world.jdbc().sql("update reconciler.watermark set pulled_until = now()").update();

    RunResult result = sync();

    assertThat(result.stage1().errorCount()).isZero();
    assertThat(world.lead(id)).containsEntry("first_name", "Eve");
    assertThat(left()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'id': '%s', 'fields': null}", "{'fields': {'First Name': '%s'}}"})
  void a_sweep_takes_no_record_for_gone_that_an_answer_hides(String entry) {
    String id = reconciled(1).get(0);
    world.sandbox().onRequest(MangledRecordsTest::isRead, answer(entry.formatted(id)).always());

    RunResult result = world.run(forced());

    assertThat(result.stage1().errorCount()).isPositive();
    assertThat(result.stage1().deactivated()).isZero();
    assertThat(world.lead(id)).containsEntry("is_active", true);
  }

  @Test
  void a_change_waits_for_a_record_that_is_not_shown() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, LONG_AGO);
    world.sandbox().onRequest(READ, answer(withoutFields(id)).times(2));

    RunResult first = sync();
    String afterFirst = cell(id, "Claimed By");
    RunResult second = sync();

    assertThat(first.stage2().errorCount()).isOne();
    assertThat(first.stage2().errors()).singleElement().asString().contains(id, "no record");
    assertThat(afterFirst).isEmpty();
    assertThat(second.stage2().updated()).isOne();
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.lead(id)).containsEntry("claimed_by", ALICE).containsEntry("is_active", true);
  }

  @Test
  void an_answer_that_shows_nothing_of_what_was_sent_clears_nothing() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, LONG_AGO);
    String lacking = "{'id': '%s', 'fields': {'First Name': 'Lead 1'}}".formatted(id);
    world.sandbox().onRequest(r -> r.method().equals("PATCH"), answer(lacking).always());

    RunResult first = sync();

    assertThat(first.stage2().updated()).isZero();
    assertThat(first.stage2().errors())
        .isNotEmpty()
        .allMatch(error -> error.contains("empty after it"));
    assertThat(world.lead(id)).containsEntry("claimed_by", ALICE);
    assertThat(world.count("select count(*) from reconciler.dead_letter where status = 'open'"))
        .isPositive();
    world.sandbox().clearFaults();
    world.jdbc().sql("update reconciler.dead_letter set next_attempt_at = now()").update();
    sync();
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.lead(id)).containsEntry("claimed_by", ALICE);
    assertThat(world.count("select count(*) from reconciler.dead_letter where status = 'open'"))
        .isZero();
  }

  private long left() {
    return world.count("select count(*) from reconciler.left_record");
  }

  private static String withoutFields(String id) {
    return "{'id': '%s'}".formatted(id);
  }

  private static Fault answer(String record) {
    return Fault.answer(200, "{\"records\":[%s]}".formatted(record.replace('\'', '"')));
  }

  private static boolean isRead(LoggedRequest request) {
    return request.path().startsWith("/v0/app") && !request.method().equals("PATCH");
  }

  private static String text(LoggedRequest request) {
    return request.query() + request.body();
  }
}
