package io.reconciler.program.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.world.ChildProcess;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while {@code sync} runs, as Airtable gets a request. */
@Order(6)
@SideBySide
class TerminatedSyncTest extends WorldTest {

  TerminatedSyncTest() {
    super(World.sideBySide());
  }

  private static final int TERMINATED = 143;

  /** Longer than a signal takes to be noticed. */
  private static final Duration MOMENT = Duration.ofMillis(700);

  private static final int SIDE_BY_SIDE = 5;

  /** On a busy machine the first of five may be here long before the last. */
  private static final Duration LONGER_THAN_FIVE_TAKE = Duration.ofSeconds(3);

  private static final String OUTCOME =
      "select outcome from reconciler.run order by started_at desc limit 1";
  private static final String FAILURE =
      "select failure from reconciler.run order by started_at desc limit 1";
  private static final String LOCKS =
      "select count(*) from pg_locks l join pg_database d on d.oid = l.database"
          + " where l.locktype = 'advisory' and d.datname = current_database()";

  private final AtomicReference<ChildProcess> child = new AtomicReference<>();

  @TempDir private Path directory;

  @AfterEach
  void endTheProcess() {
    child.get().close();
  }

  @Test
  void the_page_that_was_asked_for_is_applied_and_no_other_is_asked_for() throws Exception {
    for (int i = 0; i < 350; i++) {
      leads.create(Map.of("First Name", "Lead " + i));
    }
    signalAt(request -> request.query("offset") != null, Fault.delayed(MOMENT));

    start(Map.of());

    assertThat(child.get().millisToEnd()).isLessThan(8_000);
    assertThat(child.get().exitCode()).isEqualTo(TERMINATED);
    assertThat(child.get().output()).contains("\"success\":false", "asked to end");
    assertThat(world.sandbox().requests()).hasSize(1 + 2);
    assertThat(world.count("select count(*) from leads")).isEqualTo(200);
    interrupted();
    assertThat(sync().stage1().inserted()).isEqualTo(150);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void the_updates_that_were_sent_are_saved_and_no_other_is_sent() throws Exception {
    List<String> ids = reconciled(70);
    ids.subList(0, 65).forEach(id -> claim(id, ALICE, GRACE_OVER));
    // Five go side by side: the signal comes with the last of them, and none is answered before.
    signalAt(
        SIDE_BY_SIDE,
        request -> request.method().equals("PATCH"),
        Fault.delayed(LONGER_THAN_FIVE_TAKE).times(SIDE_BY_SIDE));

    start(Map.of());

    assertThat(child.get().millisToEnd()).isLessThan(8_000);
    assertThat(child.get().exitCode()).isEqualTo(TERMINATED);
    assertThat(writes()).isEqualTo(50);
    interrupted();
    world.sandbox().clearLogs();
    RunResult next = sync();
    assertThat(next.stage2().updated()).isEqualTo(15);
    assertThat(next.stage2().conflicts()).isZero();
    assertThat(writes()).isEqualTo(15);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_pause_of_thirty_seconds_after_a_429_is_not_waited_for() throws Exception {
    reconciled(1);
    signalAt(request -> true, Fault.rateLimited());

    start(Map.of());

    assertThat(child.get().millisToEnd()).isLessThan(8_000);
    assertThat(child.get().exitCode()).isEqualTo(TERMINATED);
    interrupted();
    assertThat(world.sandbox().requests()).hasSize(1);
    world.jdbc().sql("delete from reconciler.request_pause").update();
    sync();
  }

  @Test
  void a_request_that_hangs_is_cut_off_and_the_run_is_entered_all_the_same() throws Exception {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    signalAt(request -> request.method().equals("PATCH"), Fault.delayed(Duration.ofSeconds(20)));

    start(Map.of("RECONCILER_STOP_WITHIN_MS", "3000"));

    assertThat(child.get().millisToEnd()).isBetween(1_000L, 4_000L);
    assertThat(child.get().exitCode()).isEqualTo(TERMINATED);
    interrupted();
    assertThat(text(FAILURE)).contains("did not end in time");
    RunResult next = sync();
    assertThat(next.stage2().conflicts()).isZero();
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.sides().differences()).isEmpty();
  }

  /** Sends the signal as the first such request arrives; such requests meet the fault. */
  private void signalAt(Predicate<LoggedRequest> which, Fault fault) {
    signalAt(1, which, fault);
  }

  /** The same as so many have arrived. */
  private void signalAt(int number, Predicate<LoggedRequest> which, Fault fault) {
    AtomicInteger arrived = new AtomicInteger();
    world
        .sandbox()
        .onRequest(
            request -> {
              boolean now = which.test(request);
              if (now && arrived.incrementAndGet() == number) {
                child.get().terminate();
              }
              return now;
            },
            fault);
  }

  private void start(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(world.environment());
    environment.putAll(more);
    child.set(
        ChildProcess.start(environment, directory.resolve("errors"), "sync", "20m", "--json"));
  }

  private void interrupted() {
    assertThat(text(OUTCOME)).isEqualTo("interrupted");
    assertThat(text(FAILURE)).contains("asked to end");
    assertThat(world.count(LOCKS)).isZero();
  }
}
