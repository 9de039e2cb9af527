package io.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.CopiedLauncher.Answer;
import io.reconciler.world.SideBySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which variables of the shell {@code bench/run} hands on to what it measures. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@SideBySide(SideBySide.Lane.BUILDS)
class BenchRunTest {

  private CopiedLauncher project;

  @BeforeEach
  void copy_the_script(@TempDir Path directory) throws IOException {
    project = new CopiedLauncher(directory);
    Files.createDirectories(project.file("bench"));
    Files.copy(Path.of("bench", "run"), project.file("bench/run"));
    CopiedLauncher.script(project.jdk().resolve("bin/java"), "env");
  }

  @Test
  void sides_of_its_own_are_measured_without_the_variables_of_another_base() throws Exception {
    Answer own = run("", "--leads", "10", "--", "./reconciler", "sync");
    Answer program = run("RequestsBench", "11000");

    for (Answer answer : new Answer[] {own, program}) {
      assertThat(answer.out().lines())
          .noneMatch(line -> line.matches("(RECONCILER|AIRTABLE)_.*"))
          .contains("DATABASE_URL=postgresql://theirs", "JAVA_OPTS=-Xmx256m");
    }
  }

  @Test
  void a_command_that_brings_its_sides_along_keeps_them() throws Exception {
    Answer theirs = run("", "--", "./reconciler", "sync", "--leads");

    assertThat(theirs.out().lines())
        .contains(
            "RECONCILER_MAPPING=file:/etc/theirs.yaml",
            "AIRTABLE_API_KEY_appAbCdEfGhIjKlMn=patTheirs.1");
  }

  private Answer run(String program, String... args) throws Exception {
    ProcessBuilder command = project.command(project.file("bench/run"), args);
    command.environment().put("RECONCILER_MAPPING", "file:/etc/theirs.yaml");
    command.environment().put("AIRTABLE_API_KEY_appAbCdEfGhIjKlMn", "patTheirs.1");
    command.environment().put("DATABASE_URL", "postgresql://theirs");
    command.environment().put("JAVA_OPTS", "-Xmx256m");
    if (!program.isEmpty()) {
      command.environment().put("BENCH", program);
    }
    Answer answer = CopiedLauncher.answer(command.start());
    assertThat(answer.code()).as(answer.err()).isZero();
    return answer;
  }
}
