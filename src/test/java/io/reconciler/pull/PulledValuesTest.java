package io.reconciler.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stage 1 makes of a record. */
class PulledValuesTest extends WorldTest {

  @AfterEach
  void takeBackTheRefusal() {
    world.jdbc().sql("drop trigger if exists refuse on leads").update();
  }

  @Test
  void an_empty_record_becomes_a_lead_of_nulls_and_defaults() {
    String id = leads.create(Map.of());

    sync();

    assertThat(world.lead(id))
        .containsEntry("first_name", "Unknown")
        .containsEntry("last_name", "")
        .containsEntry("email", "")
        .containsEntry("status", "New")
        .containsEntry("lead_source", "Standard Form")
        .containsEntry("icp_score", 0)
        .containsEntry("sms_sent_count", 0)
        .containsEntry("sms_eligible", false)
        .containsEntry("booked", false)
        .containsEntry("is_active", true)
        .containsEntry("client_id", world.clientId())
        .containsEntry("phone", null)
        .containsEntry("booked_at", null)
        .containsEntry("kajabi_tags", null)
        .containsEntry("campaign_id", null);
  }

  @Test
  void a_cleared_cell_becomes_null_or_the_default_again() throws Exception {
    String id =
        leads.create(
            Map.of(
                "First Name", "Ada",
                "Phone", "123",
                "Lead Source", "Webinar",
                "SMS Stop", true,
                "Click Count", 7,
                "Kajabi Tags", "a, b"));
    sync();
    Object tags = ((java.sql.Array) world.lead(id).get("kajabi_tags")).getArray();
    Map<String, Object> cleared = new HashMap<>();
    for (String field :
        List.of("First Name", "Phone", "Lead Source", "SMS Stop", "Click Count", "Kajabi Tags")) {
      cleared.put(field, null);
    }
    leads.update(id, cleared);

    sync();

    assertThat((Object[]) tags).isEqualTo(Arrays.asList("a", "b").toArray());
    assertThat(world.lead(id))
        .containsEntry("first_name", "Unknown")
        .containsEntry("phone", null)
        .containsEntry("lead_source", "Standard Form")
        .containsEntry("sms_stop", false)
        .containsEntry("click_count", 0)
        .containsEntry("kajabi_tags", null);
  }

  @Test
  void created_at_is_the_records_creation_time_and_is_set_once() {
    Instant created = Instant.parse("2024-05-06T07:08:09Z");
    String id = leads.create("recCreatedLongAgo", created, Map.of("First Name", "Ada"));
    fullSync();
    Object first = world.lead(id).get("created_at");
    Timestamp other = Timestamp.from(Instant.parse("2020-01-01T00:00:00Z"));
    world.jdbc().sql("update leads set created_at = ?").param(other).update();
    leads.update(id, Map.of("First Name", "Eve"));

    sync();

    assertThat(first).isEqualTo(Timestamp.from(created));
    assertThat(world.lead(id))
        .containsEntry("created_at", other)
        .containsEntry("first_name", "Eve");
  }

  @Test
  void an_insert_takes_airtables_time_and_an_update_the_later_one() {
    String id = leads.create(Map.of("First Name", "Ada"));
    Instant inserted = Instant.now().minusSeconds(900).truncatedTo(ChronoUnit.SECONDS);
    leads.setModified(id, inserted);
    sync();
    Object afterInsert = world.lead(id).get("updated_at");
    leads.update(id, Map.of("First Name", "Eve"));
    Instant updated = Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.SECONDS);
    leads.setModified(id, updated);
    sync();
    Object afterUpdate = world.lead(id).get("updated_at");
    leads.update(id, Map.of("First Name", "Eva"));
    leads.setModified(id, inserted.plusSeconds(1));

    sync();

    assertThat(afterInsert).isEqualTo(Timestamp.from(inserted));
    assertThat(afterUpdate).isEqualTo(Timestamp.from(updated));
    assertThat(world.lead(id))
        .containsEntry("first_name", "Eva")
        .containsEntry("updated_at", Timestamp.from(updated));
  }

  @Test
  void updated_at_stays_while_a_change_of_the_portal_is_pending() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, Duration.ofSeconds(10));
    Object claimed = world.lead(id).get("updated_at");
    leads.update(id, Map.of("SMS Sent Count", 5));
    leads.setModified(id, Instant.now().plusSeconds(1));

    sync();

    assertThat(world.lead(id))
        .containsEntry("sms_sent_count", 5)
        .containsEntry("claimed_by", ALICE)
        .containsEntry("updated_at", claimed);
  }

  @Test
  void a_lead_whose_values_do_not_change_is_not_written() {
    reconciled(3).forEach(id -> leads.update(id, Map.of("First Name", cell(id, "First Name"))));
    List<String> before = world.sides().rows("leads");

    RunResult result = sync();

    assertThat(result.stage1().unchanged()).isEqualTo(3);
    assertThat(result.stage1().updated()).isZero();
    assertThat(world.sides().rows("leads")).isEqualTo(before);
  }

  @Test
  void campaign_id_and_columns_beyond_the_mapping_are_never_touched() {
    String id = reconciled(1).get(0);
    UUID campaign = UUID.randomUUID();
    world.jdbc().sql("alter table leads add column if not exists extra text default 'x'").update();
    world.jdbc().sql("update leads set campaign_id = ?, extra = 'mine'").param(campaign).update();
    leads.update(id, Map.of("First Name", "Eve"));

    sync();

    assertThat(world.lead(id))
        .containsEntry("first_name", "Eve")
        .containsEntry("campaign_id", campaign)
        .containsEntry("extra", "mine");
    world.jdbc().sql("alter table leads drop column extra").update();
  }

  @Test
  void a_timestamp_with_microseconds_is_not_written_back_in_milliseconds() {
    String id = reconciled(1).get(0);
    Instant micros = Instant.parse("2026-01-02T03:04:05.123456Z");
    world.portalEdit(id, GRACE_OVER, Map.of("claimed_by", ALICE, "claimed_at", World.at(micros)));
    sync();
    leads.update(id, Map.of("First Name", "Eve"));

    sync();

    assertThat(world.lead(id)).containsEntry("claimed_at", Timestamp.from(micros));
    assertThat(cell(id, "Claimed At")).isEqualTo("2026-01-02T03:04:05.123Z");
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
        .isEqualTo(poison + " pull open");
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
          "nonsense"]}
        """
            .formatted(Instant.now());
    world.sandbox().onRequest(request -> true, Fault.answer(200, page));

    RunResult result = sync();

    assertThat(result.stage1().inserted()).isEqualTo(1);
    assertThat(result.stage1().errorCount()).isEqualTo(3);
    assertThat(result.stage1().recordsProcessed()).isEqualTo(4);
    assertThat(world.count("select count(*) from leads")).isEqualTo(1);
    assertThat(result.stage1().errors()).anyMatch(text -> text.contains("recNoFieldsNoWay1"));
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
    world.sandbox().onRequest(request -> true, Fault.answer(200, page));

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
