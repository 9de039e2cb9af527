package io.reconciler.program.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reconciler.world.ChildProcess;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while {@code serve} still starts. */
@Tag("proof")
@SideBySide(SideBySide.Lane.BUILDS)
class TerminatedStartTest extends WorldTest {

  private static final int TERMINATED = 143;
  private static final int INTERRUPTED = 130;

  private final Map<String, String> environment = new HashMap<>();
  private Path errors = Path.of("");

  @TempDir private Path directory;

  @BeforeEach
  void serving() {
    errors = directory.resolve("errors");
    environment.putAll(world.environment());
    environment.put("SERVER_PORT", "0");
    environment.put("MANAGEMENT_SERVER_PORT", "0");
    environment.put("RECONCILER_JWT_SECRET", "a secret that is long enough for it");
    // A start sets the clock of the notices itself, where there is somebody to tell.
    environment.put("RECONCILER_NOTICE_WEBHOOK_URL", "http://127.0.0.1:9/nobody");
  }

  @Test
  void it_ends_at_once_while_the_start_has_not_come_to_its_end() throws Exception {
    String id = leads.create(Map.of("First Name", "Ada"));
    try (Connection other = world.database().getConnection();
        ChildProcess child = heldUp(other)) {
      child.terminate();

      assertThat(child.exitCode()).isEqualTo(TERMINATED);
      other.rollback();
    }
    nothingBegan();
    assertThat(leads.ids()).containsExactly(id);
  }

  @Test
  void ctrl_c_ends_it_as_fast_with_its_own_code() throws Exception {
    try (Connection other = world.database().getConnection();
        ChildProcess child = heldUp(other)) {
      Assumptions.assumeFalse(child.ignoresInterrupts(), "started from a shell's background");
      child.interrupt();

      assertThat(child.exitCode()).isEqualTo(INTERRUPTED);
      other.rollback();
    }
    nothingBegan();
  }

  /** A service that can't come to the end of its start as long as the transaction lasts. */
  private ChildProcess heldUp(Connection other) throws Exception {
    other.setAutoCommit(false);
    try (Statement statement = other.createStatement()) {
      statement.execute("set local idle_in_transaction_session_timeout = 0");
      statement.execute("lock table reconciler.qrtz_triggers in access exclusive mode");
    }
    ChildProcess child = ChildProcess.start(environment, errors, "serve");
    await()
        .atMost(PatientWaits.PROCESS_PATIENCE)
        .until(() -> waiting() > 0 || !child.isAlive() || said().contains("serving:"));
    assertThat(waiting()).as(said()).isPositive();
    return child;
  }

  private String said() throws IOException {
    return Files.readString(errors);
  }

  private long waiting() {
    return world.count(
        "select count(*) from pg_locks l join pg_database d on d.oid = l.database"
            + " where not l.granted and d.datname = current_database()");
  }

  private void nothingBegan() {
    assertThat(errors).content().doesNotContain("serving:", "WARN", "ERROR", "Exception");
    assertThat(world.sandbox().requests()).isEmpty();
    assertThat(world.count("select count(*) from leads")).isZero();
    assertThat(world.count("select count(*) from reconciler.run")).isZero();
    assertThat(world.count("select count(*) from reconciler.qrtz_fired_triggers")).isZero();
  }

  @Test
  void it_ends_without_a_word_of_what_it_left_half_done() throws Exception {
    try (ChildProcess child = ChildProcess.start(environment, errors, "serve")) {
      await()
          .atMost(PatientWaits.PROCESS_PATIENCE)
          .until(() -> Files.readString(errors).contains("JobStoreCMT initialized"));

      child.terminate();

      assertThat(child.exitCode()).as("ends long before it is cut off").isEqualTo(TERMINATED);
    }
    assertThat(Files.readString(errors))
        .doesNotContain("Exception", "ERROR", "Shutdown in progress", "127.0.0.1:-1", "serving:");
  }
}
