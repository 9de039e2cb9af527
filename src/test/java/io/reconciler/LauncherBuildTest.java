package io.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.CopiedLauncher.Answer;
import io.reconciler.world.SideBySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the launcher builds, and what becomes of a build that goes wrong. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@SideBySide(SideBySide.Lane.BUILDS)
class LauncherBuildTest {

  private static final String BUILDING =
      "reconciler: building target/reconciler.jar (once; about a minute)";

  private CopiedLauncher launcher;

  @BeforeEach
  void copy_the_launcher(@TempDir Path directory) throws IOException {
    launcher = new CopiedLauncher(directory);
  }

  @Test
  void a_missing_jar_is_built_and_run_with_arguments_and_exit_code_kept() throws Exception {
    Answer answer = launcher.run("client", "add", "--name", "two words", "*");
    assertThat(answer.err().lines()).containsExactly(BUILDING);
    assertThat(answer.out().lines())
        .containsSubsequence(
            "-jar", launcher.jar().toString(), "client", "add", "--name", "two words", "*");
    assertThat(answer.code()).isEqualTo(7);
    assertThat(launcher.builds()).hasSize(1);
  }

  @Test
  void a_jar_newer_than_its_sources_is_run_without_a_word() throws Exception {
    launcher.run("check");
    assertThat(launcher.run("check").err()).isEmpty();
    assertThat(launcher.builds()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pom.xml", "src/main/java/A.java", "routes/a.camel.yaml"})
  void a_jar_older_than_a_source_is_built_again(String source) throws Exception {
    launcher.run("check");
    Instant later = Files.getLastModifiedTime(launcher.jar()).toInstant().plusSeconds(5);
    Files.setLastModifiedTime(launcher.file(source), FileTime.from(later));
    assertThat(launcher.run("check").err().lines()).containsExactly(BUILDING);
    assertThat(launcher.builds()).hasSize(2);
  }

  @Test
  void a_source_edited_during_the_build_is_newer_than_the_jar() throws Exception {
    // The pause is longer than the clock tick of file times.
    CopiedLauncher.script(
        launcher.file("mvnw"),
        "echo built >> builds; sleep 0.1; echo edited > routes/a.camel.yaml;"
            + " echo jar > target/reconciler.jar");
    launcher.run("check");
    launcher.run("check");
    assertThat(launcher.builds()).hasSize(2);
  }

  @Test
  void a_failed_build_shows_its_output_and_runs_nothing() throws Exception {
    CopiedLauncher.script(launcher.file("mvnw"), "echo 'A.java: no such thing'; exit 3");
    Answer answer = launcher.run("check");
    assertThat(answer.err().lines())
        .startsWith(BUILDING, "A.java: no such thing")
        .last()
        .asString()
        .startsWith("reconciler: the build failed");
    assertThat(answer.out()).isEmpty();
    assertThat(answer.code()).isEqualTo(1);
    assertThat(launcher.file("target/.building")).doesNotExist();
  }

  @Test
  void two_at_once_build_once() throws Exception {
    // The first build holds on until the second launcher says that it waits.
    CopiedLauncher.script(
        launcher.file("mvnw"),
        "echo built >> builds; until [ -e waiting ]; do sleep 0.1; done;"
            + " echo jar > target/reconciler.jar");
    Process first = launcher.start("check");
    assertThat(first.getErrorStream().read()).isEqualTo('r');
    Process second = launcher.start("check");
    assertThat(second.errorReader().readLine()).contains("waiting for another build");
    Files.createFile(launcher.file("waiting"));
    assertThat(first.waitFor()).isEqualTo(7);
    assertThat(second.waitFor()).isEqualTo(7);
    assertThat(launcher.builds()).hasSize(1);
  }

  @Test
  void the_lock_of_a_build_that_died_is_broken() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(launcher.file("target"));
    Files.createSymbolicLink(launcher.file("target/.building"), Path.of(Long.toString(dead.pid())));
    assertThat(launcher.run("check").code()).isEqualTo(7);
    assertThat(launcher.builds()).hasSize(1);
  }

  @Test
  void who_may_not_build_is_told_at_once_who_may() throws Exception {
    // Not even root can make a folder where a file is.
    Files.writeString(launcher.file("target"), "");
    String owner = Files.getOwner(launcher.file("target")).getName();

    Answer answer = launcher.run("check");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err().lines()).hasSize(1);
    assertThat(answer.err())
        .startsWith("reconciler: target/reconciler.jar is missing")
        .contains("can't write " + launcher.file("target"), owner + ", who owns that, has to run");
    assertThat(launcher.builds()).isEmpty();
  }

  @Test
  void a_stopped_build_ends_with_its_maven_and_leaves_no_lock() throws Exception {
    CopiedLauncher.script(launcher.file("mvnw"), "echo $$ > maven.pid; exec sleep 50");
    Process process = launcher.start("check");
    ProcessHandle maven = CopiedLauncher.writtenIn(launcher.file("maven.pid"));
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(maven.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
    assertThat(launcher.file("target/.building")).doesNotExist();
  }

  @Test
  void a_jar_without_sources_is_run_as_it_is() throws Exception {
    Files.createDirectories(launcher.file("target"));
    Files.writeString(launcher.jar(), "jar");
    Files.setLastModifiedTime(launcher.jar(), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    Files.delete(launcher.file("pom.xml"));
    assertThat(launcher.run("check").err()).isEmpty();
    assertThat(launcher.builds()).isEmpty();
  }

  @Test
  void neither_jar_nor_sources_is_said_in_one_line() throws Exception {
    Files.delete(launcher.file("pom.xml"));
    Answer answer = launcher.run("check");
    assertThat(answer.err().lines()).singleElement().asString().contains("neither");
    assertThat(answer.code()).isEqualTo(2);
  }

  @Test
  void a_runtime_without_compiler_cannot_build_and_says_so() throws Exception {
    Files.delete(launcher.jdk().resolve("bin/javac"));
    Answer answer = launcher.run("check");
    assertThat(answer.err().lines()).singleElement().asString().contains("javac");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(launcher.file("target/.building")).doesNotExist();
  }
}
