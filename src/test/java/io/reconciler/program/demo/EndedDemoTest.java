package io.reconciler.program.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.cli.Console;
import io.reconciler.cli.DemoOptions;
import io.reconciler.world.ChildProcess;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.SideBySide;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A demo that is ended while it reconciles. */
@SideBySide(SideBySide.Lane.BUILDS)
class EndedDemoTest {

  private static final int ENDED = 130;

  @TempDir private Path directory;

  @Test
  void it_says_nothing_of_the_database_that_ends_with_it() throws Exception {
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    Process demo =
        ChildProcess.java(System.getProperty("java.class.path"), Ended.class.getName())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(demo.waitFor(PatientWaits.PROCESS_PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isTrue();
      assertThat(demo.exitValue()).isEqualTo(ENDED);
    } finally {
      demo.destroyForcibly();
    }
    assertThat(errors).content().startsWith("starting a PostgreSQL").hasLineCount(1);
    assertThat(output).content().startsWith("1. The first sync").hasLineCount(1);
    assertThat(Files.readString(output)).doesNotContain("Stage 1");
  }

  /** A demo whose process ends as its first run begins, which then finds its database gone. */
  static final class Ended {

    private static final String DATABASE_ENDS = "-closer";

    private Ended() {}

    /** Its main thread is waited for as long as it has something to do. */
    public static void main(String[] args) {
      Thread demo = Thread.currentThread();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> await(() -> isAtItsEnd(demo))));
      PrintStream out =
          new PrintStream(new EndingAtFirst(System.out), true, StandardCharsets.UTF_8);
      new DemoProgram(name -> null, Clock.systemUTC())
          .demo(new DemoOptions(40, null, true), new Console(out, System.err, false, false));
    }

    private static boolean isAtItsEnd(Thread demo) {
      return !demo.isAlive()
          || Arrays.stream(demo.getStackTrace())
              .anyMatch(frame -> frame.getMethodName().equals("holdOnceBegun"));
    }

    private static void end() {
      new Thread(() -> Runtime.getRuntime().exit(ENDED), "exit").start();
      await(Ended::isDatabaseEnding);
      await(() -> !isDatabaseEnding());
    }

    private static boolean isDatabaseEnding() {
      return Thread.getAllStackTraces().keySet().stream()
          .anyMatch(thread -> thread.getName().endsWith(DATABASE_ENDS));
    }

    // Often: a database may be gone soon after it began to end.
    private static void await(Callable<Boolean> what) {
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .atMost(PatientWaits.PROCESS_PATIENCE)
          .until(what);
    }
  }

  /** Ends the process when the first line has been written. */
  private static final class EndingAtFirst extends FilterOutputStream {

    private boolean first = true;

    EndingAtFirst(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
      out.flush();
      if (first) {
        first = false;
        Ended.end();
      }
    }
  }
}
