package io.reconciler.program.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reconciler.world.ChildProcess;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while {@code serve} still starts. */
@SideBySide(SideBySide.Lane.BUILDS)
class TerminatedStartTest extends WorldTest {

  TerminatedStartTest() {
    super(World.sideBySide());
  }

  @TempDir private Path directory;

  @Test
  void it_ends_without_a_word_of_what_it_left_half_done() throws Exception {
    Path errors = directory.resolve("errors");
    Map<String, String> environment = new HashMap<>(world.environment());
    environment.put("SERVER_PORT", "0");
    environment.put("MANAGEMENT_SERVER_PORT", "0");
    try (ChildProcess child = ChildProcess.start(environment, errors, "serve")) {
      await()
          .atMost(PatientWaits.PROCESS_PATIENCE)
          .until(() -> Files.readString(errors).contains("JobStoreCMT initialized"));

      child.terminate();

      assertThat(child.exitCode()).as("ends long before it is cut off").isEqualTo(143);
    }
    assertThat(Files.readString(errors))
        .doesNotContain("Exception", "ERROR", "Shutdown in progress", "127.0.0.1:-1");
  }
}
