package io.reconciler.engine.pull;

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

/** Which records a run looks at, and how far it then knows to be pulled. */
@SideBySide(SideBySide.Lane.RUNS)
class PullWindowTest extends WorldTest {

  private static final Fault NO_TOKEN = Fault.answer(401, "{\"error\":{\"type\":\"X\"}}");

  @Test
  void a_manual_run_keeps_to_its_window_and_leaves_a_client_that_was_never_loaded_so() {
    String older = modified(Duration.ofMinutes(30));
    String newer = modified(Duration.ofMinutes(10));

    RunResult result = sync();

    assertThat(result.stage1().inserted()).isEqualTo(1);
    assertThat(world.lead(older)).isEmpty();
    assertThat(world.lead(newer)).isNotEmpty();
    assertThat(watermark()).isNull();
  }

  @Test
  void the_first_scheduled_run_lists_every_record() {
    String old = modified(Duration.ofDays(400));

    succeeded(world.run(scheduled()));

    assertThat(world.lead(old)).isNotEmpty();
    assertThat(watermark()).isNotNull();
  }

  @Test
  void a_scheduled_run_after_hours_of_downtime_starts_from_the_watermark() {
    String old = modified(Duration.ofDays(400));
    fullSync();
    world.age(Duration.ofHours(3));
    String missed = modified(Duration.ofHours(2));
    world.jdbc().sql("delete from leads where airtable_record_id = ?").param(old).update();

    RunResult result = succeeded(world.run(scheduled()));

    assertThat(result.stage1().recordsProcessed()).isEqualTo(1);
    assertThat(world.lead(missed)).isNotEmpty();
    assertThat(watermark()).isAfter(Instant.now().minusSeconds(60));
  }

  @Test
  void a_scheduled_run_goes_back_behind_the_watermark_by_the_overlap() {
    fullSync();
    world.age(Duration.ofHours(3));
    Instant until = watermark();
    String before = leads.create(Map.of("First Name", "Ada"));
    leads.setModified(before, until.minusSeconds(100));

    succeeded(world.run(scheduled()));

    assertThat(world.lead(before)).isNotEmpty();
  }

  @Test
  void a_manual_run_moves_the_watermark_only_if_its_window_joins_what_is_known() {
    fullSync();
    world.age(Duration.ofMinutes(30));
    Instant gap = watermark();

    succeeded(world.run(world.request(20, false)));
    Instant afterShort = watermark();
    succeeded(world.run(world.request(60, false)));
    Instant afterLong = watermark();

    assertThat(afterShort).isEqualTo(gap);
    assertThat(afterLong).isAfter(gap.plus(Duration.ofMinutes(25)));
  }

  @Test
  void a_window_that_only_touches_the_watermark_does_not_move_it() {
    fullSync();
    world.age(Duration.ofMinutes(20));
    world
        .jdbc()
        .sql("update reconciler.watermark set pulled_until = pulled_until + interval '30 seconds'")
        .update();
    Instant before = watermark();

    sync();

    assertThat(watermark()).isEqualTo(before);
  }

  @Test
  void a_run_that_fails_in_stage_1_does_not_move_the_watermark() {
    modified(Duration.ofMinutes(1));
    fullSync();
    Instant before = watermark();
    world.sandbox().onRequest(request -> true, NO_TOKEN);

    RunResult failed = world.run(scheduled());

    assertThat(failed.success()).isFalse();
    assertThat(watermark()).isEqualTo(before);
  }

  @Test
  void a_run_that_fails_in_stage_2_keeps_what_stage_1_covered_and_no_more() {
    String id = modified(Duration.ofMinutes(1));
    fullSync();
    world.age(Duration.ofMinutes(2));
    claim(id, ALICE, GRACE_OVER);
    Instant pulled = watermark();
    String pushed = text("select cast(pushed_until as text) from reconciler.watermark");
    world.sandbox().onRequest(request -> request.method().equals("PATCH"), NO_TOKEN);

    world.run(scheduled());

    assertThat(watermark()).isAfter(pulled);
    assertThat(text("select cast(pushed_until as text) from reconciler.watermark"))
        .isEqualTo(pushed);
  }

  @Test
  void a_record_changed_while_its_page_waits_is_applied_as_it_is_by_then() {
    List<String> ids = manyRecords(150);
    String later = ids.get(149);
    world.sandbox().beforePage(2, () -> leads.update(later, Map.of("First Name", "Changed")));

    sync();

    assertThat(world.lead(later)).containsEntry("first_name", "Changed");
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_record_changed_after_its_page_was_read_is_pulled_by_the_next_run() {
    List<String> ids = manyRecords(150);
    String earlier = ids.get(0);
    world.sandbox().beforePage(2, () -> leads.update(earlier, Map.of("First Name", "Changed")));

    sync();
    sync();

    assertThat(world.lead(earlier)).containsEntry("first_name", "Changed");
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_record_deleted_while_its_page_waits_does_no_harm() {
    List<String> ids = manyRecords(150);
    world.sandbox().beforePage(2, () -> leads.delete(ids.get(149)));

    RunResult result = fullSync();

    assertThat(result.stage1().inserted()).isEqualTo(149);
    assertThat(result.stage1().errorCount()).isZero();
  }

  @Test
  void a_listing_that_airtable_forgot_starts_again_and_applies_no_record_twice() {
    manyRecords(150);
    world.sandbox().beforePage(2, () -> world.sandbox().expireIterators());
    world.sandbox().onRequest(r -> r.query("offset") != null, Fault.expiredIterator());

    RunResult result = sync();

    assertThat(result.stage1().recordsProcessed()).isEqualTo(150);
    assertThat(result.stage1().inserted()).isEqualTo(150);
    assertThat(result.airtableRequests()).isEqualTo(1 + 4);
  }

  @Test
  void a_listing_that_airtable_forgets_every_time_ends_the_run() {
    manyRecords(150);
    world.sandbox().onRequest(r -> r.query("offset") != null, Fault.expiredIterator().always());

    RunResult result = world.run(scheduled());

    assertThat(result.failure()).contains("LIST_RECORDS_ITERATOR_NOT_AVAILABLE");
    assertThat(result.airtableRequests()).isEqualTo(1 + 2 * (Listing.RESTARTS + 1));
    assertThat(watermark()).isNull();
  }

  @Test
  void pages_that_need_every_attempt_do_not_use_up_those_of_the_next_page() {
    manyRecords(150);
    world.sandbox().onRequest(r -> r.query("offset") == null, Fault.unavailable().times(4));
    world.sandbox().onRequest(r -> r.query("offset") != null, Fault.unavailable().times(4));

    RunResult result = sync();

    assertThat(result.stage1().inserted()).isEqualTo(150);
    assertThat(result.airtableRequests()).isEqualTo(1 + 10);
  }

  private String modified(Duration ago) {
    Instant at = Instant.now().minus(ago);
    String id = leads.create(Map.of("First Name", "Ada"));
    leads.setModified(id, at);
    return id;
  }

  /** In the order in which Airtable lists them. */
  private List<String> manyRecords(int count) {
    for (int i = 0; i < count; i++) {
      leads.create(Map.of("First Name", "Lead " + i));
    }
    return leads.ids().stream().sorted().toList();
  }

  private Instant watermark() {
    return world
        .jdbc()
        .sql("select pulled_until from reconciler.watermark")
        .query((row, n) -> row.getTimestamp(1))
        .optional()
        .map(java.sql.Timestamp::toInstant)
        .orElse(null);
  }
}
