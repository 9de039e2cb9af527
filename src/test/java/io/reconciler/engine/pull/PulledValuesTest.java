package io.reconciler.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
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
import org.junit.jupiter.api.Test;

/** What stage 1 makes of a record. */
class PulledValuesTest extends WorldTest {

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
}
