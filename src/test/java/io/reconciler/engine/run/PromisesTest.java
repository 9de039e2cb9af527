package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.sandbox.LoggedWrite;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the README promises of a run: no loop, no gap, and only the portal's fields sent. */
@SideBySide(SideBySide.Lane.RUNS)
class PromisesTest extends WorldTest {

  @Test
  void settled_sides_cost_two_requests_at_most_and_see_no_write() {
    List<String> ids = reconciled(30);
    ids.subList(0, 5).forEach(id -> claim(id, ALICE, GRACE_OVER));
    sync();
    List<String> leadRows = world.sides().rows("leads");
    List<String> agreed = world.sides().rows("reconciler.agreed_value");
    var airtable = world.sides().airtable();
    world.sandbox().clearLogs();

    RunResult settled = sync();

    assertThat(world.sides().rows("leads")).isEqualTo(leadRows);
    assertThat(world.sides().rows("reconciler.agreed_value")).isEqualTo(agreed);
    assertThat(world.sides().airtable()).isEqualTo(airtable);
    assertThat(world.sandbox().writes()).isEmpty();
    assertThat(world.sandbox().requests()).hasSizeBetween(1, 2);
    assertThat(settled.airtableRequests()).isEqualTo(world.sandbox().requests().size());
    assertThat(settled.stage1().unchanged()).isEqualTo(30);
    assertThat(settled.stage2().recordsProcessed()).isZero();
  }

  @Test
  void a_thousand_pulled_changes_are_not_sent_back_when_their_grace_is_over() {
    for (int i = 0; i < 1000; i++) {
      leads.create(Map.of("First Name", "Lead " + i, "SMS Sent Count", 1));
    }
    sync();
    leads.ids().forEach(id -> leads.update(id, Map.of("SMS Sent Count", 2)));
    RunResult pulled = sync();
    world.age(Duration.ofMinutes(2));
    world.sandbox().clearLogs();

    RunResult next = sync();

    assertThat(pulled.stage1().updated()).isEqualTo(1000);
    assertThat(world.sandbox().writes()).isEmpty();
    assertThat(next.stage1().updated()).isZero();
    assertThat(next.stage2().recordsProcessed()).isZero();
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_claim_in_its_grace_period_is_pushed_by_the_next_run_although_out_of_its_window() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, Duration.ofSeconds(10));

    RunResult inGrace = sync();
    int early = writes();
    world.age(Duration.ofMinutes(30));
    RunResult next = sync();

    assertThat(inGrace.stage2().skippedBy().grace()).isEqualTo(1);
    assertThat(early).isZero();
    assertThat(next.stage2().updated()).isEqualTo(1);
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
  }

  @Test
  void a_push_that_failed_is_made_up_for_by_the_next_run_although_out_of_its_window() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    world
        .sandbox()
        .onRequest(
            r -> r.method().equals("PATCH"),
            io.reconciler.sandbox.Fault.answer(401, "{\"error\":{\"type\":\"X\"}}"));

    RunResult failed = world.sync();
    world.age(Duration.ofHours(2));
    sync();

    assertThat(failed.success()).isFalse();
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
  }

  @Test
  void a_full_sweep_finds_a_change_whose_writer_forgot_updated_at() {
    String id = reconciled(1).get(0);
    world.age(Duration.ofHours(5));
    sync();
    world.jdbc().sql("update leads set notes = 'note 1\nforgotten'").update();

    RunResult delta = sync();
    RunResult sweep = fullSync();

    assertThat(delta.stage2().recordsProcessed()).isZero();
    assertThat(sweep.stage2().updated()).isEqualTo(1);
    assertThat(cell(id, "Notes")).isEqualTo("note 1\nforgotten");
  }

  @Test
  void only_the_portal_fields_that_changed_are_sent() {
    List<String> ids = reconciled(3);
    claim(ids.get(0), ALICE, GRACE_OVER);
    world.portalEdit(ids.get(1), GRACE_OVER, Map.of("notes", "note 2\nmore", "first_name", "Eve"));
    sync();
    Instant later = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    world.portalEdit(ids.get(0), GRACE_OVER, Map.of("claimed_at", World.at(later)));
    sync();

    List<LoggedWrite> writes = world.sandbox().writes();

    assertThat(writes).hasSize(3).allMatch(LoggedWrite::changed);
    assertThat(writes)
        .allSatisfy(w -> assertThat(w.method()).isEqualTo("PATCH"))
        .extracting(w -> w.fields().keySet().stream().sorted().toList())
        .containsExactlyInAnyOrder(
            List.of("Claimed At", "Claimed By"), List.of("Notes"), List.of("Claimed At"));
    assertThat(portalFields()).containsExactlyInAnyOrder("Claimed By", "Claimed At", "Notes");
  }

  @Test
  void an_unclaim_clears_the_cells() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, Duration.ofMinutes(3));
    sync();
    unclaim(id, GRACE_OVER);

    sync();

    assertThat(leads.cells(id)).doesNotContainKeys("Claimed By", "Claimed At");
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_change_made_while_the_run_reads_waits_for_its_grace_period() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    world
        .sandbox()
        .onRequest(
            r -> {
              if (String.valueOf(r.query("filterByFormula")).contains("RECORD_ID")) {
                claim(id, BOB, Duration.ZERO);
              }
              return false;
            },
            io.reconciler.sandbox.Fault.unavailable());

    RunResult first = sync();
    world.sandbox().clearFaults();
    int early = writes();
    world.age(Duration.ofMinutes(2));
    sync();

    assertThat(first.stage2().skippedBy().grace()).isEqualTo(1);
    assertThat(early).isZero();
    assertThat(cell(id, "Claimed By")).isEqualTo(BOB.toString());
  }

  private List<String> portalFields() {
    return world.mapping().portalFields().stream().map(FieldMapping::airtableField).toList();
  }
}
