package io.reconciler.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.RunActiveException;
import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of an application's threads: several at a time, interrupted, and while it is closed. */
@SideBySide(SideBySide.Lane.COMMANDS)
class EmbeddedCallsTest extends WorldTest {

  private static final World OWN = World.open(Map.of());

  /** Longer than it takes to interrupt, or to begin to close. */
  private static final Duration MOMENT = Duration.ofMillis(700);

  /** Longer than a request waits for its answer. */
  private static final Duration ENDLESS = Duration.ofMinutes(2);

  private static final String INTERRUPTED =
      "stopped by an interrupt of the thread that called for it; the next run goes on from here";
  private static final String CLOSED = "stopped by close(); the next run goes on from here";
  private static final String CUT_OFF =
      "stopped by close(), and the run did not end in time; the next run makes it good";
  private static final String LAST =
      "select outcome || ': ' || coalesce(failure, '') from reconciler.run"
          + " order by started_at desc limit 1";
  private static final String RUNNING =
      "select count(*) from reconciler.run where outcome = 'running'";
  private static final String LOCKS =
      "select count(*) from pg_locks l join pg_database d on d.oid = l.database"
          + " where l.locktype = 'advisory' and d.datname = current_database()";

  private EmbeddedReconciler reconciler;

  EmbeddedCallsTest() {
    super(OWN);
  }

  @AfterAll
  static void closeWorld() {
    OWN.close();
  }

  @BeforeEach
  void open() {
    reconciler = EmbeddedReconciler.open(world.environment());
  }

  @AfterEach
  void close() {
    // No other test shall find what one left.
    Thread.interrupted();
    reconciler.close();
  }

  @Test
  void an_interrupt_ends_a_run_before_its_next_request_and_is_kept() {
    records(350);
    Thread caller = Thread.currentThread();
    once(EmbeddedCallsTest::isSecondPage, caller::interrupt, MOMENT);

    RunResult result = only(reconciler.reconcileRecentChanges(60));

    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    assertThat(result.success()).isFalse();
    assertThat(result.failure()).isEqualTo(INTERRUPTED);
    assertThat(text(LAST)).isEqualTo("interrupted: " + INTERRUPTED);
    assertThat(world.sandbox().requests()).hasSize(1 + 2);
    assertThat(world.count("select count(*) from leads")).isEqualTo(200);
    assertThat(world.count(LOCKS)).isZero();
    assertThat(only(reconciler.reconcileRecentChanges(60)).stage1().inserted()).isEqualTo(150);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void updates_that_are_on_their_way_when_an_interrupt_comes_are_saved() {
    List<String> ids = reconciled(20);
    ids.forEach(id -> claim(id, ALICE, GRACE_OVER));
    Thread caller = Thread.currentThread();
    once(request -> request.method().equals("PATCH"), caller::interrupt, MOMENT);

    reconciler.reconcileRecentChanges(60);

    assertThat(Thread.interrupted()).isTrue();
    int sent = writes();
    assertThat(sent).isPositive();
    RunResult next = only(reconciler.reconcileRecentChanges(60));
    assertThat(next.stage2().conflicts()).isZero();
    assertThat(writes()).as("nothing is sent twice").isEqualTo(20);
    assertThat(ids).allMatch(id -> cell(id, "Claimed By").equals(ALICE.toString()));
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_thread_that_is_interrupted_already_begins_no_run() {
    records(1);
    world.addClient("appBeside00000001");
    Thread.currentThread().interrupt();

    List<ClientOutcome> outcomes = reconciler.reconcileRecentChanges(60);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcomes)
        .hasSize(2)
        .allMatch(outcome -> INTERRUPTED.equals(outcome.result().failure()));
    assertThat(world.sandbox().requests()).isEmpty();
    assertThat(world.count("select count(*) from leads")).isZero();
    assertThat(world.count("select count(*) from reconciler.run")).isZero();
    assertThat(reconciler.reconcileRecentChanges(60, world.baseId()).success()).isTrue();
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void an_interrupt_neither_breaks_an_opening_nor_a_closing_off() {
    String id = leads.create(Map.of("First Name", "Ada"));
    Thread.currentThread().interrupt();
    EmbeddedReconciler another = EmbeddedReconciler.open(world.environment());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(only(another.reconcileRecentChanges(60)).success()).isTrue();
    Thread.currentThread().interrupt();
    another.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThatThrownBy(() -> another.reconcileRecentChanges(60))
        .isInstanceOf(IllegalStateException.class);
    assertThat(world.lead(id)).containsEntry("first_name", "Ada");
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void closing_waits_for_the_step_that_a_run_is_at() throws Exception {
    records(350);
    CompletableFuture<Void> closing = new CompletableFuture<>();
    once(
        EmbeddedCallsTest::isSecondPage,
        () -> closing.completeAsync(this::closed, EmbeddedCallsTest::onItsOwn),
        MOMENT);

    RunResult result = only(reconciler.reconcileRecentChanges(60));

    closing.get(PatientWaits.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(result.success()).isFalse();
    assertThat(result.failure()).isEqualTo(CLOSED);
    assertThat(result.stage1().inserted()).isEqualTo(200);
    assertThat(text(LAST)).isEqualTo("interrupted: " + CLOSED);
    assertThat(world.sandbox().requests()).hasSize(1 + 2);
    assertThat(world.count("select count(*) from leads")).isEqualTo(200);
    await().until(() -> world.count(LOCKS) == 0);
    assertThat(sync().stage1().inserted()).isEqualTo(150);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_run_that_hangs_is_cut_off_by_closing_and_its_caller_is_told() throws Exception {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);
    world.addClient("appZLast000000001");
    CompletableFuture<Void> closing = new CompletableFuture<>();
    once(
        request -> request.method().equals("PATCH"),
        () -> closing.completeAsync(this::closed, EmbeddedCallsTest::onItsOwn),
        ENDLESS);

    List<ClientOutcome> outcomes = reconciler.reconcileRecentChanges(60);

    closing.get(PatientWaits.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(outcomes)
        .extracting(outcome -> outcome.client().baseId(), outcome -> outcome.result().failure())
        .containsExactly(tuple(world.baseId(), CUT_OFF), tuple("appZLast000000001", CLOSED));
    assertThat(outcomes).noneMatch(outcome -> outcome.busy() || outcome.result().success());
    assertThat(text(LAST)).isEqualTo("interrupted: " + CUT_OFF);
    assertThat(world.count("select count(*) from reconciler.run")).isEqualTo(2);
    await().until(() -> world.count(LOCKS) == 0);
    await().until(EmbeddedCallsTest::noRunIsLeft);
    world.sandbox().clearFaults();
    world.jdbc().sql("delete from clients where airtable_base_id = 'appZLast000000001'").update();
    assertThat(sync().stage2().conflicts()).isZero();
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void closed_it_says_so_and_closing_again_does_nothing() {
    reconciler.close();
    reconciler.close();

    assertThatThrownBy(() -> reconciler.reconcileRecentChanges(60))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this reconciler was closed: open another one");
    assertThatThrownBy(() -> reconciler.reconcileRecentChanges(60, world.baseId()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this reconciler was closed: open another one");
  }

  @Test
  void more_clients_than_there_are_turns_are_reconciled_at_a_time() throws Exception {
    List<String> bases = new ArrayList<>(List.of(world.baseId()));
    records(1);
    for (int i = 1; i < 12; i++) {
      String base = "appMany00000000%02d".formatted(i);
      world.addClient(base);
      world.addTable(base).create(Map.of("First Name", base));
      bases.add(base);
    }
    world.sandbox().onRequest(request -> true, Fault.delayed(MOMENT).times(12));

    List<CompletableFuture<RunResult>> calls =
        bases.stream()
            .map(base -> begun(() -> reconciler.reconcileRecentChanges(60, base)))
            .toList();

    for (CompletableFuture<RunResult> call : calls) {
      RunResult result = call.get(PatientWaits.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(result.failure()).isNull();
      assertThat(result.stage1().inserted()).isEqualTo(1);
    }
    assertThat(world.count("select count(distinct client_id) from leads")).isEqualTo(12);
  }

  @Test
  void two_in_one_process_have_other_bases_side_by_side_and_one_base_in_turn() throws Exception {
    records(1);
    String other = "appOther000000001";
    world.addClient(other);
    SandboxTable others = world.addTable(other);
    String id = others.create(Map.of("First Name", "Grace"));
    try (EmbeddedReconciler second = EmbeddedReconciler.open(world.environment())) {
      CompletableFuture<RunResult> secondOther = new CompletableFuture<>();
      CompletableFuture<RunResult> secondSame = new CompletableFuture<>();
      once(
          request -> true,
          () -> {
            follow(secondOther, () -> second.reconcileRecentChanges(60, other));
            follow(secondSame, () -> second.reconcileRecentChanges(60, world.baseId()));
            // Airtable answers nobody meanwhile: the other base's run goes on afterwards.
            await().until(() -> secondSame.isDone() && world.count(RUNNING) == 2);
          },
          Duration.ofMillis(1));

      RunResult first = reconciler.reconcileRecentChanges(60, world.baseId());

      assertThat(first.success()).isTrue();
      assertThat(secondOther.get(PatientWaits.PATIENCE.toSeconds(), TimeUnit.SECONDS).success())
          .isTrue();
      assertThatThrownBy(secondSame::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(RunActiveException.class)
          .hasMessageContaining(world.baseId());
      reconciler.close();
      assertThat(second.reconcileRecentChanges(60)).allMatch(each -> each.result().success());
    }
    assertThat(world.lead(id)).containsEntry("first_name", "Grace");
    assertThat(others.cells(id).get("First Name").asText()).isEqualTo("Grace");
    assertThat(leads.ids()).allMatch(each -> !world.lead(each).isEmpty());
  }

  private void records(int count) {
    for (int i = 0; i < count; i++) {
      leads.create(Map.of("First Name", "Lead " + i));
    }
  }

  private static boolean isSecondPage(LoggedRequest request) {
    return request.query("offset") != null;
  }

  /** As the first such request arrives this is done, and its answer comes so late. */
  private void once(Predicate<LoggedRequest> which, Runnable work, Duration late) {
    AtomicBoolean done = new AtomicBoolean();
    world
        .sandbox()
        .onRequest(
            request -> {
              boolean now = which.test(request) && done.compareAndSet(false, true);
              if (now) {
                work.run();
              }
              return now;
            },
            Fault.delayed(late));
  }

  private Void closed() {
    reconciler.close();
    return null;
  }

  private static RunResult only(List<ClientOutcome> outcomes) {
    assertThat(outcomes).hasSize(1);
    return outcomes.get(0).result();
  }

  private static <T> CompletableFuture<T> begun(Supplier<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    follow(answer, work);
    return answer;
  }

  private static <T> void follow(CompletableFuture<T> answer, Supplier<T> work) {
    onItsOwn(
        () -> {
          try {
            answer.complete(work.get());
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
  }

  private static void onItsOwn(Runnable work) {
    new Thread(work, "caller").start();
  }

  private static boolean noRunIsLeft() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals("reconcile"));
  }
}
