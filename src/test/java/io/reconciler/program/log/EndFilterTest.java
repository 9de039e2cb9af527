package io.reconciler.program.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.world.ChildProcess;
import io.reconciler.world.SideBySide;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process says while it ends. */
@SideBySide
class EndFilterTest {

  @Test
  void what_was_too_late_is_not_told_of_and_what_fails_is() throws Exception {
    Process process =
        ChildProcess.java(System.getProperty("java.class.path"), Ending.class.getName()).start();
    String said = new String(process.getErrorStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(said)
        .contains("before the end", "broken at the end")
        .doesNotContain("too late", "the routes are closed");
  }

  /** A process whose end something comes too late for, and something fails in. */
  static final class Ending {

    private static final Logger LOG = LoggerFactory.getLogger("org.example.Trigger");

    private Ending() {}

    /** Logs in its end. */
    public static void main(String... args) {
      RuntimeException late =
          new IllegalStateException(new RejectedExecutionException("the routes are closed"));
      LOG.error("before the end");
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    LOG.error("too late", late);
                    LOG.error("broken at the end", new IllegalStateException("a mistake"));
                  }));
    }
  }
}
