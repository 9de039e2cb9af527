package io.reconciler.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.history.Nodes.Passage;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * P2, where several instances share the work: one that stood still for longer than its lease after
 * it had made sure of its lock must not send what it was about to. Another instance has reconciled
 * the client meanwhile, and Airtable would take an old value for a new edit.
 */
@SideBySide(SideBySide.Lane.PLAYS)
class StoodStillTest {

  private static final Duration LONGER_THAN_THE_LEASE = Duration.ofSeconds(16);

  private static Bench bench;
  private World world;
  private String record;

  @BeforeAll
  static void open() {
    bench = new Bench();
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @BeforeEach
  void startOver() {
    world = bench.world();
    SandboxTable leads = world.fresh();
    bench.timeline().restart(world.jdbc(), Duration.ZERO);
    record = leads.create(Map.of("First Name", "Ada"));
    assertThat(world.fullSync().success()).isTrue();
    note("one");
    world.sandbox().clearLogs();
  }

  private void note(String text) {
    bench.timeline().advance(world.jdbc(), Duration.ofMinutes(2));
    world
        .jdbc()
        .sql("update leads set notes = ?, updated_at = clock_timestamp() - interval '90 seconds'")
        .param(text)
        .update();
  }

  private RunResult runThatStandsStill(String node, String route) {
    bench
        .nodes()
        .set(
            new Nodes.Hook() {
              @Override
              public boolean before(Passage passage) {
                if (passage.at(route, node)) {
                  bench.timeline().setEngine(LONGER_THAN_THE_LEASE);
                }
                return true;
              }
            });
    try {
      return world.sync();
    } finally {
      bench.nodes().set(Nodes.Hook.NONE);
      bench.timeline().setEngine(Duration.ZERO);
    }
  }

  @Test
  void after_it_made_sure_of_its_lock_no_request_is_sent() {
    RunResult result = runThatStandsStill("http:airtable", "airtable-request");

    assertThat(result.success()).isFalse();
    assertThat(result.failure()).contains("lock was lost");
    assertThat(world.sandbox().requests()).isEmpty();
    assertThat(world.sync().success()).isTrue();
    assertThat(world.leads().cells(record).get("Notes").asText()).isEqualTo("one");
  }

  @Test
  void before_it_makes_sure_of_its_lock_the_lease_is_renewed_and_all_goes_on() {
    RunResult result = runThatStandsStill("activeRuns.ensureHeldToSend", "airtable-request");

    assertThat(result.failure()).isNull();
    assertThat(world.sandbox().requests()).extracting(LoggedRequest::method).contains("PATCH");
  }
}
