package io.reconciler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.Extension;

/**
 * Compiles the sources once more with Error Prone and NullAway, which takes four times as long as
 * without them: from before the first test of a whole build, at a low priority, so that it takes
 * what the tests leave of the machine. {@link ErrorProneTest} has the last word, and starts it
 * where only some tests run.
 */
public final class ErrorProneBeside implements Extension {

  private static final String PRIORITY = "10";
  private static final String TESTS = "compiler:testCompile@default-testCompile";

  /** Does nothing where it was done before. */
  private static final String PROGRAM = "compiler:compile@default-compile";

  /** Made by JUnit, before the first test. */
  public ErrorProneBeside() {
    if (System.getProperty("localRepository") != null && System.getProperty("test") == null) {
      Looks.begin();
    }
  }

  /** What Maven complains of in the program; empty when nothing. */
  static String program() {
    return Looks.PROGRAM_LOOK.join();
  }

  /** The same of the tests too. */
  static String tests() {
    return Looks.TESTS_LOOK.join();
  }

  /** Begun by the first to ask; that at the tests where these belong to the build. */
  private static final class Looks {

    static final CompletableFuture<String> PROGRAM_LOOK = look(PROGRAM);
    static final CompletableFuture<String> TESTS_LOOK =
        System.getProperty("left.out", "").isBlank()
            ? PROGRAM_LOOK.thenCompose(done -> look(PROGRAM, TESTS))
            : CompletableFuture.completedFuture("not asked for");

    /** Both are under way when this returns. */
    static void begin() {}

    private static CompletableFuture<String> look(String... goals) {
      return CompletableFuture.supplyAsync(
          () -> maven(goals), task -> new Thread(task, "error-prone").start());
    }
  }

  /** By the wrapper and the JDK that run these tests. */
  private static String maven(String... goals) {
    List<String> command = new ArrayList<>(List.of("nice", "-n", PRIORITY, "./mvnw", "-q"));
    command.add("-Perror-prone");
    command.addAll(List.of(goals));
    // Surefire says where the build around this one has its libraries.
    String libraries = System.getProperty("localRepository");
    if (libraries != null) {
      command.add("-Dmaven.repo.local=" + libraries);
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try {
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : "Maven failed. " + said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
