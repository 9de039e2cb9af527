package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.world.ChildProcess;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose output goes where it can't be kept, each in a process of its own. */
@SideBySide(SideBySide.Lane.COMMANDS)
class FullOutputTest extends WorldTest {

  private static final World OWN = World.open(Map.of());
  private static final File FULL = new File("/dev/full");
  private static final String LOST =
      "reconciler: not all of the output could be written to stdout: ";

  @TempDir private Path directory;

  FullOutputTest() {
    super(OWN);
  }

  @AfterAll
  static void close() {
    OWN.close();
  }

  static boolean hasFull() {
    return FULL.exists();
  }

  @Test
  @EnabledIf("hasFull")
  void a_run_whose_result_is_lost_is_done_and_ends_with_1() throws Exception {
    String id = reconciled(2).get(0);
    leads.update(id, Map.of("First Name", "Newer"));
    claim(id, ALICE, Duration.ofMinutes(10));

    assertThat(code(Redirect.to(FULL), "sync", "--json")).isEqualTo(1);

    assertThat(errors()).containsOnlyOnce("\n" + LOST).doesNotContain("\tat ");
    assertThat(world.lead(id)).containsEntry("first_name", "Newer");
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.sides().differences()).isEmpty();
    assertThat(
            world
                .jdbc()
                .sql("select outcome from reconciler.run order by started_at desc limit 1")
                .query(String.class)
                .single())
        .isEqualTo("succeeded");
  }

  @Test
  @EnabledIf("hasFull")
  void a_worse_code_stays() throws Exception {
    reconciled(1);
    leads.create(Map.of("First Name", "Ada", "Claimed By", "somebody"));

    assertThat(code(Redirect.to(FULL), "sync", "--json")).isEqualTo(3);

    assertThat(errors()).containsOnlyOnce("\n" + LOST).doesNotContain("\tat ");
    assertThat(world.count("select count(*) from leads")).isEqualTo(2);
  }

  @Test
  void whoever_has_read_enough_of_a_pipe_is_no_failure() throws Exception {
    try (ChildProcess child =
        ChildProcess.start(Map.of(), directory.resolve("err"), "help", "sync")) {
      child.stopReading();
      assertThat(child.exitCode()).isZero();
    }
    assertThat(errors()).isEmpty();
  }

  private int code(Redirect output, String... args) throws Exception {
    try (ChildProcess child =
        ChildProcess.start(world.environment(), output, directory.resolve("err"), args)) {
      return child.exitCode();
    }
  }

  private String errors() throws IOException {
    return Files.readString(directory.resolve("err"), StandardCharsets.UTF_8);
  }
}
