package io.reconciler.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.RunResult;
import io.reconciler.program.boot.TestEngine;
import io.reconciler.program.lifecycle.RestartablePostgres;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program inside an application whose database is away, or does not let it in. */
@Tag("proof")
@SideBySide(SideBySide.Lane.COMMANDS)
class EmbeddedDatabaseAwayTest {

  private static final String ADVICE =
      "; check DATABASE_URL, that the server runs, and the role's rights (jdbc:postgresql://localhost:";

  @TempDir private Path directory;
  private RestartablePostgres postgres;

  @BeforeEach
  void prepare() {
    postgres = new RestartablePostgres(directory.resolve("data"));
  }

  @AfterEach
  void stop() {
    // Who stands still can't be stopped.
    postgres.goOn();
    postgres.close();
  }

  @Test
  void what_ends_a_call_is_a_result_of_each_client_and_the_next_call_goes_on() {
    postgres.start();
    try (World world = world()) {
      String other = "appAway0000000001";
      world.addClient(other);
      world.addTable(other);
      try (EmbeddedReconciler reconciler = EmbeddedReconciler.open(environment(world))) {
        String id = world.leads().create(Map.of("First Name", "Ada"));
        postgres.stop();

        List<ClientOutcome> away = reconciler.reconcileRecentChanges(60);

        assertThat(away)
            .extracting(outcome -> outcome.client().baseId())
            .containsExactlyInAnyOrder(world.baseId(), other);
        assertThat(away).allSatisfy(EmbeddedDatabaseAwayTest::saysThatItIsAway);
        RunResult one = reconciler.reconcileRecentChanges(60, other);
        assertThat(one.success()).isFalse();
        assertThat(one.baseId()).isEqualTo(other);
        assertThat(one.failure()).startsWith("PostgreSQL: ").contains("refused");
        assertThatThrownBy(() -> reconciler.reconcileRecentChanges(60, "appNobodyHasThis0"))
            .isInstanceOf(UnusableDatabaseException.class)
            .hasMessageContaining(ADVICE);
        assertThat(world.sandbox().requests()).isEmpty();

        postgres.start();

        assertThat(reconciler.reconcileRecentChanges(60, world.baseId()).success()).isTrue();
        assertThat(world.lead(id)).containsEntry("first_name", "Ada");
        assertThat(world.sides().differences()).isEmpty();
      }
    }
  }

  private static void saysThatItIsAway(ClientOutcome outcome) {
    RunResult result = outcome.result();
    assertThat(outcome.busy()).isFalse();
    assertThat(result.success()).isFalse();
    // The first to notice may still have had a connection, which was ended.
    assertThat(result.failure())
        .containsPattern("^(the database connection was lost: )?PostgreSQL: ")
        .doesNotContain("unexpected", "Exception");
  }

  @Test
  void who_was_deactivated_or_never_told_of_is_not_made_up() {
    postgres.start();
    try (World world = world();
        EmbeddedReconciler reconciler = EmbeddedReconciler.open(environment(world))) {
      world.jdbc().sql("update clients set is_active = false").update();
      assertThatThrownBy(() -> reconciler.reconcileRecentChanges(60))
          .hasMessageContaining("No active client");
      postgres.stop();

      assertThatThrownBy(() -> reconciler.reconcileRecentChanges(60))
          .isInstanceOf(UnusableDatabaseException.class)
          .hasMessageContaining("PostgreSQL: ")
          .hasMessageContaining(ADVICE);
      // For the end of the world.
      postgres.start();
    }
  }

  @Test
  void opening_says_where_it_looked_and_why_it_could_not() {
    Map<String, String> environment = new HashMap<>();
    environment.put("AIRTABLE_API_KEY", World.TOKEN);
    environment.put("RECONCILER_DATABASE_WAIT_SECONDS", "1");
    environment.put("DATABASE_URL", postgres.url().replace(":postgres@", ":s3cret@"));
    assertThatThrownBy(() -> EmbeddedReconciler.open(environment))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageMatching(
            "PostgreSQL: Connection to localhost:(\\d+) refused\\..*; check DATABASE_URL, that the"
                + " server runs, and the role's rights \\(jdbc:postgresql://localhost:\\1/postgres"
                + " as postgres\\)")
        .hasMessageNotContaining("s3cret");

    postgres.start();
    environment.put("DATABASE_URL", postgres.url().replaceFirst("postgres$", "nowhere"));
    assertThatThrownBy(() -> EmbeddedReconciler.open(environment))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("database \"nowhere\" does not exist")
        .hasMessageContaining(ADVICE);
  }

  @Test
  void closing_waits_no_longer_for_a_server_that_hangs() throws Exception {
    postgres.start();
    try (World world = world();
        EmbeddedReconciler reconciler = EmbeddedReconciler.open(world.environment())) {
      for (int i = 0; i < 250; i++) {
        world.leads().create(Map.of("First Name", "Lead " + i));
      }
      CompletableFuture<Duration> closing = new CompletableFuture<>();
      world
          .sandbox()
          .beforePage(
              2,
              () -> {
                postgres.hang();
                closing.completeAsync(() -> closed(reconciler), work -> new Thread(work).start());
              });

      RunResult result = reconciler.reconcileRecentChanges(60, world.baseId());

      assertThat(result.success()).isFalse();
      assertThat(result.failure())
          .startsWith("stopped by close(), and the run did not end in time");
      // Longer than it says, which a busy machine may take; a pool would wait for 30 s more.
      assertThat(closing.get(1, TimeUnit.MINUTES)).isLessThan(Duration.ofSeconds(35));
      postgres.goOn();
      // The client is busy until PostgreSQL has noticed who is gone.
      await().ignoreExceptions().until(() -> world.sync().success());
      assertThat(world.count("select count(*) from reconciler.run where outcome = 'interrupted'"))
          .isEqualTo(1);
      world.fullSync();
      assertThat(world.count("select count(*) from leads")).isEqualTo(250);
      assertThat(world.sides().differences()).isEmpty();
    }
  }

  private static Duration closed(EmbeddedReconciler reconciler) {
    long start = System.nanoTime();
    reconciler.close();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private World world() {
    return World.open(
        postgres.url(),
        Map.of(),
        Clock.systemUTC(),
        (settings, mapping, pool) -> TestEngine.start(settings, mapping, pool, Map.of()));
  }

  private static Map<String, String> environment(World world) {
    Map<String, String> environment = new HashMap<>(world.environment());
    environment.put("RECONCILER_DATABASE_WAIT_SECONDS", "1");
    return environment;
  }
}
