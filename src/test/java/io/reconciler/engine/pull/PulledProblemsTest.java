package io.reconciler.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stage 1 can not apply delays only itself. */
@SideBySide(SideBySide.Lane.RUNS)
class PulledProblemsTest extends WorldTest {

  @AfterEach
  void takeBackTheRefusal() {
    world.jdbc().sql("drop trigger if exists refuse on leads").update();
  }

  @ParameterizedTest
  @CsvSource({
    "Booked At, booked_at, not a date",
    "Phone, phone, 123456789012345678901",
    "Engagement - Level, engagement_level, Purple",
    "Click Count, click_count, many"
  })
  void a_bad_field_keeps_its_column_and_holds_up_no_other(String field, String column, String bad) {
    String id = reconciled(1).get(0);
    Object before = world.lead(id).get(column);
    leads.update(id, Map.of(field, bad, "SMS Stop", true, "First Name", "Eve"));

    RunResult first = sync();
    RunResult second = sync();

    assertThat(world.lead(id))
        .containsEntry(column, before)
        .containsEntry("sms_stop", true)
        .containsEntry("first_name", "Eve");
    assertThat(first.stage1().errorCount()).isEqualTo(1);
    assertThat(second.stage1().errorCount()).isEqualTo(1);
    assertThat(first.stage1().errors().get(0)).contains(id, field, column);
    assertThat(
            text(
                "select stage || ' ' || field || ' ' || attempts || ' ' || status"
                    + " from reconciler.dead_letter"))
        .isEqualTo("pull " + column + " 2 open");
    assertThat(text("select payload ->> 'value' from reconciler.dead_letter")).contains(bad);
  }

  @Test
  void a_dead_letter_of_a_bad_field_closes_when_the_field_is_put_right() {
    String id = reconciled(1).get(0);
    leads.update(id, Map.of("Booked At", "never"));
    sync();
    leads.update(id, Map.of("Booked At", "2026-01-02T03:04:05.000Z"));

    RunResult result = sync();

    assertThat(result.stage1().errorCount()).isZero();
    assertThat(text("select status from reconciler.dead_letter")).isEqualTo("closed");
    assertThat(world.lead(id).get("booked_at"))
        .isEqualTo(Timestamp.from(Instant.parse("2026-01-02T03:04:05Z")));
  }

  @Test
  void a_record_that_the_database_refuses_holds_up_no_other_of_its_page() {
    List<String> ids = reconciled(20);
    ids.forEach(id -> leads.update(id, Map.of("SMS Sent Count", 9)));
    String poison = ids.get(7);
    refuse("airtable_record_id = '" + poison + "'");

    RunResult result = sync();

    assertThat(result.stage1().updated()).isEqualTo(19);
    assertThat(result.stage1().recordsProcessed()).isEqualTo(20);
    assertThat(result.stage1().errorCount()).isEqualTo(1);
    assertThat(result.stage1().errors().get(0)).contains(poison, "no such lead here");
    assertThat(world.count("select count(*) from leads where sms_sent_count = 9")).isEqualTo(19);
    assertThat(
            text(
                "select airtable_record_id || ' ' || stage || ' ' || field || status"
                    + " from reconciler.dead_letter"))
        .isEqualTo(poison + " pull sms_sent_countopen");
    world.jdbc().sql("drop trigger refuse on leads").update();
    sync();
    assertThat(text("select status from reconciler.dead_letter")).isEqualTo("closed");
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void entries_that_are_no_records_are_errors_and_hold_up_no_other() {
    String page =
        """
        {"records":[
          {"createdTime":"2026-01-01T00:00:00.000Z","fields":{"First Name":"Nobody"}},
          {"id":"recNoFieldsNoWay1","createdTime":"2026-01-01T00:00:00.000Z"},
          {"id":"recAAAAAAAAAAAAAA","createdTime":"2026-01-01T00:00:00.000Z",
           "fields":{"First Name":"Ada","Last Modified Time":"%s"}},
          {"id":"rec\\u0000Nul","fields":{"First Name":"Nul"}},
          {"id":42,"fields":{"First Name":"Number"}},
          {"id":"%s","fields":{"First Name":"Long"}},
          "nonsense"]}
        """
            .formatted(Instant.now(), "r".repeat(256));
    world
        .sandbox()
        .onRequest(request -> !request.path().contains("/meta/"), Fault.answer(200, page));

    RunResult result = sync();

    assertThat(result.stage1().inserted()).isEqualTo(1);
    assertThat(result.stage1().errorCount()).isEqualTo(6);
    assertThat(result.stage1().recordsProcessed()).isEqualTo(7);
    assertThat(world.count("select count(*) from leads")).isEqualTo(1);
    assertThat(result.stage1().errors()).anyMatch(text -> text.contains("recNoFieldsNoWay1"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00.000Z, yesterday",
    "2026-01-01T00:00:00.000Z, +100000-12-31T23:59:59.999Z",
    "2026-01-01T00:00:00.000Z, -0044-03-15T00:00:00.000Z",
    "+99999-01-01T00:00:00.000Z, NOW",
    "0000-12-31T23:59:59.999Z, NOW",
    "yesterday, NOW",
    "+99999-01-01T00:00:00.000Z, never"
  })
  void a_time_of_a_record_that_is_none_holds_up_no_field_of_it(String created, String modified) {
    Instant now = Instant.now();
    String page =
        "{\"records\":[{\"id\":\"recAAAAAAAAAAAAAA\",\"createdTime\":\"%s\",\"fields\":"
                .formatted(created)
            + "{\"First Name\":\"Ada\",\"Last Modified Time\":\"%s\"}}]}"
                .formatted(modified.replace("NOW", now.toString()));
    world
        .sandbox()
        .onRequest(request -> !request.path().contains("/meta/"), Fault.answer(200, page));

    RunResult result = sync();

    assertThat(result.stage1().inserted()).isEqualTo(1);
    assertThat(result.stage1().errorCount()).isZero();
    assertThat(world.lead("recAAAAAAAAAAAAAA")).containsEntry("first_name", "Ada");
    assertThat((Timestamp) world.lead("recAAAAAAAAAAAAAA").get("updated_at"))
        .isBetween(Timestamp.from(now.minusSeconds(60)), Timestamp.from(now.plusSeconds(60)));
  }

  @Test
  void a_record_that_stands_twice_in_a_page_is_applied_once() {
    String entry =
        "{\"id\":\"recAAAAAAAAAAAAAA\",\"createdTime\":\"2026-01-01T00:00:00.000Z\",\"fields\":"
            + "{\"First Name\":\"%s\",\"Last Modified Time\":\"%s\"}}";
    String page =
        "{\"records\":[%s,%s]}"
            .formatted(
                entry.formatted("Ada", Instant.now().minusSeconds(5)),
                entry.formatted("Eve", Instant.now()));
    world
        .sandbox()
        .onRequest(request -> !request.path().contains("/meta/"), Fault.answer(200, page));

    RunResult result = sync();

    assertThat(result.stage1().recordsProcessed()).isEqualTo(1);
    assertThat(world.lead("recAAAAAAAAAAAAAA")).containsEntry("first_name", "Eve");
  }

  @Test
  void error_texts_stop_at_a_hundred_and_counts_do_not() {
    for (int i = 0; i < 130; i++) {
      leads.create(Map.of("Booked At", "never"));
    }

    RunResult result = sync();

    assertThat(result.stage1().errorCount()).isEqualTo(130);
    assertThat(result.stage1().errors()).hasSize(101);
    assertThat(result.stage1().errors().get(100)).contains("30 more");
    assertThat(result.stage1().inserted()).isEqualTo(130);
  }

  private void refuse(String condition) {
    world
        .jdbc()
        .sql(
            "create or replace function refuse() returns trigger language plpgsql as"
                + " $$ begin raise exception 'no such lead here'; end $$")
        .update();
    world
        .jdbc()
        .sql(
            "create trigger refuse before insert or update on leads for each row when (new."
                + condition
                + ") execute function refuse()")
        .update();
  }
}
