package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.world.ChildProcess;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process killed in the middle of a run; the next run needs no human. */
@SideBySide(SideBySide.Lane.BUILDS)
class KilledProcessTest extends WorldTest {

  private static final String LOCKS =
      "select count(*) from pg_locks l join pg_database d on d.oid = l.database"
          + " where l.locktype = 'advisory' and d.datname = current_database()";

  private final AtomicReference<Process> child = new AtomicReference<>();
  private List<String> ids = List.of();

  /** When the process is killed: as Airtable gets a request, which it still carries out or not. */
  enum Moment {
    AFTER_THE_FIRST_PAGE(r -> r.query("offset") != null, 1, Fault.dropBefore()),
    BEFORE_THE_FIRST_PUSH_ARRIVES(r -> r.method().equals("PATCH"), 1, Fault.dropBefore()),
    BEFORE_THE_ANSWER_TO_A_PUSH(r -> r.method().equals("PATCH"), 2, Fault.dropAfter());

    private final Predicate<LoggedRequest> which;
    private final int count;
    private final Fault fault;

    Moment(Predicate<LoggedRequest> which, int count, Fault fault) {
      this.which = which;
      this.count = count;
      this.fault = fault;
    }
  }

  @AfterEach
  void endTheProcess() {
    if (child.get() != null) {
      child.get().destroyForcibly().onExit().join();
    }
  }

  @ParameterizedTest
  @EnumSource
  void killed_at(Moment moment) throws Exception {
    edits();
    AtomicInteger seen = new AtomicInteger();
    world
        .sandbox()
        .onRequest(
            request -> {
              boolean now = moment.which.test(request) && seen.incrementAndGet() == moment.count;
              if (now) {
                child.get().destroyForcibly().onExit().join();
              }
              return now;
            },
            moment.fault);

    start();

    assertThat(child.get().waitFor(PatientWaits.PROCESS_PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isTrue();
    assertThat(child.get().exitValue()).isEqualTo(128 + 9);
    theNextRunNeedsNoHuman();
  }

  @Test
  void killed_in_the_middle_of_a_transaction() throws Exception {
    edits();
    try (Connection portal = world.database().getConnection();
        Statement statement = portal.createStatement()) {
      portal.setAutoCommit(false);
      // The connection is the engine's, which ends a transaction that idles; a portal's does not.
      statement.execute("set local idle_in_transaction_session_timeout = 0");
      statement.execute(
          "select 1 from leads where airtable_record_id = '" + ids.get(50) + "' for update");
      start();
      Awaitility.await().atMost(PatientWaits.PROCESS_PATIENCE).until(world::isWaitingForLock);
      child.get().destroyForcibly().onExit().join();
      portal.rollback();
    }

    theNextRunNeedsNoHuman();
  }

  /** Changes on both sides, for several pages and several batches. */
  private void edits() {
    ids = reconciled(150);
    ids.subList(0, 120).forEach(id -> leads.update(id, Map.of("SMS Sent Count", 7)));
    ids.subList(100, 125).forEach(id -> claim(id, ALICE, GRACE_OVER));
  }

  private void start() throws IOException {
    ProcessBuilder builder =
        ChildProcess.java(System.getProperty("java.class.path"), ChildRun.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(world.environment());
    child.set(builder.start());
  }

  private void theNextRunNeedsNoHuman() {
    world.sandbox().clearFaults();
    Awaitility.await().until(() -> world.count(LOCKS) == 0);

    RunResult next = sync();

    assertThat(next.stage1().errorCount() + next.stage2().errorCount()).isZero();
    assertThat(world.sides().differences()).isEmpty();
    assertThat(ids.subList(100, 125))
        .allSatisfy(id -> assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString()));
    assertThat(world.count("select count(*) from leads where sms_sent_count = 7")).isEqualTo(120);
    assertThat(world.count("select count(*) from reconciler.conflict")).isZero();
    assertThat(world.count(LOCKS)).isZero();
    assertThat(
            world
                .jdbc()
                .sql("select outcome from reconciler.run order by started_at")
                .query(String.class)
                .list())
        .containsExactly("succeeded", "interrupted", "succeeded");
    world.sandbox().clearLogs();
    List<String> rows = world.sides().rows("leads");
    sync();
    assertThat(world.sandbox().writes()).isEmpty();
    assertThat(world.sides().rows("leads")).isEqualTo(rows);
  }
}
