package io.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.world.SideBySide;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compiles all sources once more with Error Prone and NullAway, which takes four times as long as
 * without them: beside the other tests nobody waits for it, and no other build does.
 */
@Order(1)
@SideBySide(SideBySide.Lane.BUILDS)
class ErrorProneTest {

  /** Does nothing where it was done before. */
  private static final String COMPILE = "compiler:compile@default-compile";

  @Test
  void no_source_has_a_mistake_that_error_prone_or_null_away_finds() throws Exception {
    assertThat(maven("-Perror-prone", COMPILE)).isEmpty();
  }

  @Tag("proof")
  @Test
  void no_test_has_a_mistake_that_error_prone_finds() throws Exception {
    assertThat(maven("-Perror-prone", COMPILE, "compiler:testCompile@default-testCompile"))
        .isEmpty();
  }

  /** What Maven complains of, by the wrapper and the JDK that run these tests. */
  private static String maven(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("./mvnw", "-q"));
    command.addAll(List.of(arguments));
    // Surefire says where the build around this one has its libraries.
    String libraries = System.getProperty("localRepository");
    if (libraries != null) {
      command.add("-Dmaven.repo.local=" + libraries);
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? "" : "Maven failed. " + said;
  }
}
