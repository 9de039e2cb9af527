package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Requests beside each other: the next page while one is applied, and updates on the way. */
@SideBySide(SideBySide.Lane.RUNS)
class SideBySideTest extends WorldTest {

  private static final Duration LATENCY = Duration.ofMillis(300);
  private static final World SLOW =
      World.open(Map.of(), World.unlimited().withLatency(LATENCY), Map.of());
  private static final Pattern RECORD = Pattern.compile("\"id\":\"(\\w+)\"");

  SideBySideTest() {
    super(SLOW);
  }

  @AfterAll
  static void close() {
    SLOW.close();
  }

  @Test
  void five_updates_are_on_the_way_at_once_and_never_two_for_one_record() {
    List<String> ids = reconciled(100);
    ids.forEach(id -> claim(id, ALICE, GRACE_OVER));
    world.sandbox().clearLogs();
    AtomicLong atOnce = new AtomicLong();
    atTheFirstUpdate(
        () -> {
          awaitFiveUpdates();
          pause(LATENCY);
          atOnce.set(updates().size());
        });

    RunResult result = sync();

    assertThat(atOnce).hasValue(5);
    assertThat(result.stage2().updated()).isEqualTo(100);
    List<LoggedRequest> updates = updates();
    assertThat(updates).hasSize(10);
    assertThat(sent(updates)).doesNotHaveDuplicates().hasSize(100);
    assertThat(mostAtOnce(updates)).isLessThanOrEqualTo(5);
    assertThat(sync().stage2().recordsProcessed()).isZero();
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void an_update_that_fails_beside_others_is_read_and_decided_again_and_the_others_are_done() {
    List<String> ids = reconciled(50);
    ids.forEach(id -> claim(id, ALICE, GRACE_OVER));
    world.sandbox().clearLogs();
    world.sandbox().onRequest(r -> r.body().contains(ids.get(15)), Fault.answer(503, "{}"));

    RunResult result = sync();

    assertThat(result.stage2().updated()).isEqualTo(50);
    assertThat(result.stage2().errorCount()).isZero();
    assertThat(world.sides().differences()).isEmpty();
    assertThat(sync().stage2().recordsProcessed()).isZero();
  }

  @Test
  void what_ends_the_run_beside_others_ends_it_after_they_are_agreed_on() {
    List<String> ids = reconciled(50);
    ids.forEach(id -> claim(id, ALICE, GRACE_OVER));
    world.sandbox().clearLogs();
    atTheFirstUpdate(this::awaitFiveUpdates);
    world
        .sandbox()
        .onRequest(
            r -> r.body().contains(ids.get(15)),
            Fault.answer(429, "{\"errors\":[{\"error\":\"PUBLIC_API_BILLING_LIMIT_EXCEEDED\"}]}"));

    RunResult failed = world.sync();

    assertThat(failed.success()).isFalse();
    assertThat(failed.stage2().updated()).isEqualTo(40);
    assertThat(world.count("select count(*) from reconciler.agreed_value where intent <> '{}'"))
        .isEqualTo(10);
    assertThat(sync().stage2().updated()).isEqualTo(10);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void the_next_page_is_asked_for_while_one_is_applied() throws Exception {
    List<String> ids = reconciled(1);
    IntStream.range(0, 249).forEach(i -> leads.create(Map.of("First Name", "Ada " + i)));
    leads.update(ids.get(0), Map.of("First Name", "Grace"));
    world.sandbox().clearLogs();

    RunResult result;
    try (Connection portal = world.database().getConnection()) {
      portal.setAutoCommit(false);
      portal
          .createStatement()
          .execute(
              "select * from leads where airtable_record_id = '" + ids.get(0) + "' for update");
      CompletableFuture<RunResult> run =
          CompletableFuture.supplyAsync(world::sync, task -> new Thread(task).start());
      await().until(() -> listings() == 2);
      portal.rollback();
      result = run.get();
    }

    assertThat(result.stage1().inserted()).isEqualTo(249);
    assertThat(result.stage1().updated()).isEqualTo(1);
    assertThat(result.stage1().errorCount()).isZero();
    assertThat(listings()).isEqualTo(3);
  }

  /** Does it as the first update arrives; no update is answered before it is done. */
  private void atTheFirstUpdate(Runnable work) {
    AtomicBoolean done = new AtomicBoolean();
    world
        .sandbox()
        .onRequest(
            request -> {
              if (request.method().equals("PATCH") && done.compareAndSet(false, true)) {
                work.run();
              }
              return false;
            },
            Fault.unavailable());
  }

  private void awaitFiveUpdates() {
    await().until(() -> updates().size() >= 5);
  }

  /** Long enough for one that must not come, were it on its way. */
  private static void pause(Duration duration) {
    await().pollDelay(duration).until(() -> true);
  }

  private long listings() {
    return world.sandbox().requests().stream()
        .filter(r -> r.query().containsKey("pageSize"))
        .count();
  }

  private List<LoggedRequest> updates() {
    return world.sandbox().requests().stream().filter(r -> r.method().equals("PATCH")).toList();
  }

  private static List<String> sent(List<LoggedRequest> updates) {
    return updates.stream()
        .flatMap(update -> RECORD.matcher(update.body()).results().map(match -> match.group(1)))
        .toList();
  }

  // Each takes as long as the latency at least: those that arrived within one are there together.
  private static long mostAtOnce(List<LoggedRequest> updates) {
    return updates.stream()
        .mapToLong(
            one ->
                updates.stream()
                    .filter(other -> other.nanos() >= one.nanos())
                    .filter(other -> other.nanos() - one.nanos() < LATENCY.toNanos())
                    .count())
        .max()
        .orElse(0);
  }
}
