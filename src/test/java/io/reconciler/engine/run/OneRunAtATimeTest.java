package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.program.boot.Engine;
import io.reconciler.sandbox.Fault;
import io.reconciler.side.postgres.Database;
import io.reconciler.world.WorldTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** One run per client, over all processes. */
class OneRunAtATimeTest extends WorldTest {

  private static final String LOCKS =
      "select count(*) from pg_locks l join pg_database d on d.oid = l.database"
          + " where l.locktype = 'advisory' and d.datname = current_database()";

  @Test
  void a_run_in_another_process_finds_the_client_busy_and_touches_nothing() {
    leads.create(Map.of("First Name", "Ada"));
    AtomicReference<List<ClientOutcome>> second = new AtomicReference<>();
    try (HikariDataSource pool = Database.open(world.settings().database(), 4);
        Engine other = world.anotherEngine(pool)) {
      world
          .sandbox()
          .beforePage(
              1, () -> second.set(other.reconcile(world.request(20, true), ProgressListener.NONE)));

      sync();

      assertThat(second.get()).extracting(ClientOutcome::busy).containsExactly(true);
      assertThat(second.get().get(0).result()).isNull();
      assertThat(world.count("select count(*) from reconciler.run")).isEqualTo(1);
      assertThat(other.reconcile(world.request(20, false), ProgressListener.NONE))
          .extracting(ClientOutcome::busy)
          .containsExactly(false);
    }
  }

  @Test
  void the_lock_is_free_after_a_run_whether_or_not_it_succeeded() {
    sync();
    long afterSuccess = world.count(LOCKS);
    world.sandbox().onRequest(request -> true, Fault.answer(401, "{}"));

    RunResult failed = world.sync();

    assertThat(failed.success()).isFalse();
    assertThat(afterSuccess).isZero();
    assertThat(world.count(LOCKS)).isZero();
    sync();
  }

  @Test
  void a_run_that_loses_its_lock_ends_before_it_writes() {
    for (int i = 0; i < 250; i++) {
      leads.create(Map.of("First Name", "Lead " + i));
    }
    world.sandbox().beforePage(2, this::endTheLocksConnection);

    RunResult result = world.sync();

    assertThat(result.failure()).contains("lock", "lost");
    assertThat(world.sandbox().requests()).hasSize(1 + 2);
    // The second page is asked for while the first is applied.
    long applied = world.count("select count(*) from leads");
    assertThat(applied).isIn(0L, 100L);
    assertThat(text("select outcome from reconciler.run")).isEqualTo("failed");
    assertThat(sync().stage1().inserted()).isEqualTo(250 - applied);
  }

  @Test
  void a_run_that_loses_its_lock_pushes_no_more() {
    List<String> ids = reconciled(100);
    ids.forEach(id -> claim(id, ALICE, GRACE_OVER));
    boolean[] done = {false};
    world
        .sandbox()
        .onRequest(
            request -> {
              if (request.method().equals("PATCH") && !done[0]) {
                done[0] = true;
                endTheLocksConnection();
              }
              return false;
            },
            Fault.unavailable());

    RunResult result = world.sync();

    assertThat(result.failure()).contains("lock", "lost");
    // Up to five requests were on their way.
    assertThat(writes()).isBetween(10, 50);
    sync();
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_run_that_was_killed_is_entered_as_interrupted_by_the_next_one() {
    world
        .jdbc()
        .sql(
            "insert into reconciler.run (id, client_id, base_id, trigger, requester,"
                + " window_minutes, full_sweep, started_at, outcome) values"
                + " (gen_random_uuid(), ?, ?, 'cli', 'test', 20, false, now(), 'running')")
        .params(world.clientId(), world.baseId())
        .update();

    sync();

    assertThat(
            world
                .jdbc()
                .sql("select outcome from reconciler.run order by started_at")
                .query(String.class)
                .list())
        .containsExactly("interrupted", "succeeded");
  }

  private void endTheLocksConnection() {
    assertThat(
            world
                .jdbc()
                .sql(
                    "select pg_terminate_backend(l.pid) from pg_locks l join pg_database d"
                        + " on d.oid = l.database where l.locktype = 'advisory'"
                        + " and d.datname = current_database()")
                .query(Boolean.class)
                .list())
        .containsExactly(true);
  }
}
