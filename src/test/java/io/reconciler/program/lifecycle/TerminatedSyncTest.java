package io.reconciler.program.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.world.ChildProcess;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while {@code sync} runs, as Airtable gets a request. */
@SideBySide(SideBySide.Lane.BUILDS)
class TerminatedSyncTest extends WorldTest {

  private static final int TERMINATED = 143;
  private static final int INTERRUPTED = 130;

  /** From the notice of a signal to the answer: longer than the flag takes to be set. */
  private static final Duration MOMENT = Duration.ofMillis(700);

  /** Longer than a request waits for its answer. */
  private static final Duration ENDLESS = Duration.ofMinutes(2);

  private static final int SIDE_BY_SIDE = 5;

  private static final String OUTCOME =
      "select outcome from reconciler.run order by started_at desc limit 1";
  private static final String FAILURE =
      "select failure from reconciler.run order by started_at desc limit 1";
  private static final String CUT_OFF = "did not end in time";
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

    assertThat(child.get().exitCode()).isEqualTo(TERMINATED);
    assertThat(child.get().output()).contains("\"success\":false", "asked to end");
    assertThat(world.sandbox().requests()).hasSize(1 + 2);
    assertThat(world.count("select count(*) from leads")).isEqualTo(200);
    interrupted();
    endedInOrder();
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
        Fault.delayed(MOMENT).times(SIDE_BY_SIDE));

    start(Map.of());

    assertThat(child.get().exitCode()).isEqualTo(TERMINATED);
    assertThat(writes()).isEqualTo(50);
    interrupted();
    endedInOrder();
    world.sandbox().clearLogs();
    RunResult next = sync();
    assertThat(next.stage2().updated()).isEqualTo(15);
    assertThat(next.stage2().conflicts()).isZero();
    assertThat(writes()).isEqualTo(15);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_pause_after_a_429_is_not_waited_for() throws Exception {
    reconciled(1);
    // Far longer than the test waits for the end.
    signalAt(request -> true, Fault.rateLimited().withHeader("Retry-After", "1200"));

    start(Map.of());

    assertThat(child.get().exitCode()).isEqualTo(TERMINATED);
    interrupted();
    endedInOrder();
    assertThat(world.sandbox().requests()).hasSize(1);
    world.jdbc().sql("delete from reconciler.request_pause").update();
    sync();
  }

  @Test
  void a_request_that_hangs_is_cut_off_and_the_run_is_entered_all_the_same() throws Exception {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    signalAt(request -> request.method().equals("PATCH"), Fault.delayed(ENDLESS));

    start(Map.of("RECONCILER_STOP_WITHIN_MS", "3000"));

    assertThat(child.get().exitCode()).isEqualTo(TERMINATED);
    assertThat(child.get().millisToEnd()).as("it had its time").isGreaterThan(1_000);
    interrupted();
    assertThat(text(FAILURE)).contains(CUT_OFF);
    RunResult next = sync();
    assertThat(next.stage2().conflicts()).isZero();
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void after_a_sigint_that_is_cut_off_the_exit_code_is_that_of_a_sigint() throws Exception {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    AtomicBoolean signalled = new AtomicBoolean();
    world
        .sandbox()
        .onRequest(
            request -> {
              boolean now = request.method().equals("PATCH");
              if (now && signalled.compareAndSet(false, true)) {
                child.get().interrupt();
              }
              return now;
            },
            Fault.delayed(ENDLESS));

    start(Map.of("RECONCILER_STOP_WITHIN_MS", "3000"));
    Assumptions.assumeFalse(child.get().ignoresInterrupts(), "started from a shell's background");

    assertThat(child.get().exitCode()).isEqualTo(INTERRUPTED);
    assertThat(child.get().output()).isEmpty();
    interrupted();
    assertThat(text(FAILURE)).contains(CUT_OFF);
    assertThat(sync().stage2().conflicts()).isZero();
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.sides().differences()).isEmpty();
  }

  /** Sends the signal as the first such request arrives; such requests meet the fault. */
  private void signalAt(Predicate<LoggedRequest> which, Fault fault) {
    signalAt(1, which, fault);
  }

  /** The same as so many have arrived, of which none is answered before the signal is noticed. */
  private void signalAt(int number, Predicate<LoggedRequest> which, Fault fault) {
    AtomicBoolean signalled = new AtomicBoolean();
    world
        .sandbox()
        .onRequest(
            request -> {
              boolean now = which.test(request);
              if (now && signalled.compareAndSet(false, true)) {
                await().until(() -> arrived(which) >= number);
                child.get().terminateAndAwaitNotice();
              }
              return now;
            },
            fault);
  }

  private long arrived(Predicate<LoggedRequest> which) {
    return world.sandbox().requests().stream().filter(which).count();
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
    // PostgreSQL takes a moment to see that a client is gone.
    await().until(() -> world.count(LOCKS) == 0);
  }

  /** Its end was not waited for until it was cut off. */
  private void endedInOrder() {
    assertThat(text(FAILURE)).doesNotContain(CUT_OFF);
  }
}
