package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole runs, on a real PostgreSQL and the sandbox. */
class BothStagesTest extends WorldTest {

  @Test
  void new_records_become_leads() {
    String id =
        leads.create(Map.of("First Name", "Ada", "Email", "ada@example.com", "SMS Stop", true));

    RunResult result = world.sync();

    assertThat(result.failure()).isNull();
    assertThat(result.stage1().inserted()).isEqualTo(1);
    assertThat(world.lead(id))
        .containsEntry("first_name", "Ada")
        .containsEntry("last_name", "")
        .containsEntry("sms_stop", true)
        .containsEntry("sms_eligible", false)
        .containsEntry("lead_source", "Standard Form")
        .containsEntry("is_active", true);
  }

  @Test
  void a_claim_reaches_airtable_and_nothing_echoes() {
    String id = leads.create(Map.of("First Name", "Ada"));
    world.sync();
    Instant claimed = Instant.parse("2026-01-02T03:04:05.123456Z");
    world.portalEdit(
        id, Duration.ofSeconds(61), Map.of("claimed_by", ALICE, "claimed_at", World.at(claimed)));

    RunResult second = world.sync();
    RunResult third = world.sync();

    assertThat(second.failure()).isNull();
    assertThat(second.stage2().updated()).isEqualTo(1);
    assertThat(leads.cells(id).get("Claimed By").asText()).isEqualTo(ALICE.toString());
    assertThat(leads.cells(id).get("Claimed At").asText()).isEqualTo("2026-01-02T03:04:05.123Z");
    assertThat(third.stage1().updated()).isZero();
    assertThat(third.stage2().recordsProcessed()).isZero();
    assertThat(world.sandbox().writes()).hasSize(1);
  }
}
