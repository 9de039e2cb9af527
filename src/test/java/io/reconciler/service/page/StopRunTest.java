package io.reconciler.service.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.SandboxOptions;
import io.reconciler.side.postgres.SqlFile;
import io.reconciler.world.World;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A run that somebody stops from another process, which knows it by the database only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StopRunTest {

  private World world;

  @BeforeAll
  void open() {
    SandboxOptions options = World.unlimited();
    world = World.open(Map.of(), options, Map.of("reconciler.run-beat-ms", 20));
  }

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  void a_run_ends_in_order_and_the_next_one_brings_the_rest() {
    for (int i = 0; i < 350; i++) {
      world.leads().create(Map.of("First Name", "Lead " + i));
    }
    world.sandbox().beforePage(2, this::stopAndWaitUntilItIsHeard);
    RunResult stopped = world.sync();
    assertThat(stopped.success()).isFalse();
    assertThat(stopped.failure())
        .isEqualTo("stopped by ann@example.com; the next run goes on from here");
    assertThat(world.jdbc().sql("select outcome from reconciler.run").query(String.class).single())
        .isEqualTo("interrupted");
    assertThat(world.count("select count(*) from leads")).isBetween(100L, 300L);
    RunResult next = world.sync();
    assertThat(next.success()).isTrue();
    assertThat(world.count("select count(*) from leads")).isEqualTo(350);
    assertThat(new RunReader(world.jdbc()).stop(next.runId(), "ann@example.com")).isFalse();
  }

  private void stopAndWaitUntilItIsHeard() {
    assertThat(
            world
                .jdbc()
                .sql(SqlFile.read("ask-run-to-stop"))
                .param("by", "ann@example.com")
                .param("run", running())
                .update())
        .isEqualTo(1);
    String heard = heard();
    // Two beats later the run knows.
    await().until(() -> !heard().equals(heard));
    String again = heard();
    await().until(() -> !heard().equals(again));
  }

  private Object running() {
    return world
        .jdbc()
        .sql("select id from reconciler.run where outcome = 'running'")
        .query(java.util.UUID.class)
        .single();
  }

  private String heard() {
    return world
        .jdbc()
        .sql("select cast(max(at) as text) from reconciler.run_progress")
        .query(String.class)
        .single();
  }
}
