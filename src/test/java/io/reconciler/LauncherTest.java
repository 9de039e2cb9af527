package io.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.CopiedLauncher.Answer;
import io.reconciler.world.SideBySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Java the launcher runs, and how. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@SideBySide(SideBySide.Lane.BUILDS)
class LauncherTest {

  private CopiedLauncher launcher;

  @BeforeEach
  void copy_the_launcher(@TempDir Path directory) throws IOException {
    launcher = new CopiedLauncher(directory);
  }

  @Test
  void a_link_to_the_launcher_runs_it(@TempDir Path elsewhere) throws Exception {
    Path directory = Files.createDirectories(elsewhere.resolve("my links"));
    Files.createSymbolicLink(directory.resolve("first"), launcher.file("reconciler"));
    Path second = Files.createSymbolicLink(directory.resolve("second"), Path.of("first"));
    Answer answer = CopiedLauncher.answer(launcher.command(second, "check").start());
    assertThat(answer.out().lines()).contains(launcher.jar().toString());
    assertThat(answer.code()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"11.0.2", "1.8.0_402", "16", "nonsense"})
  void an_old_java_is_refused_in_one_line(String version) throws Exception {
    launcher.java(version);
    Answer answer = launcher.run("check");
    assertThat(answer.err().lines())
        .singleElement()
        .asString()
        .startsWith("reconciler: ")
        .contains("is version " + version)
        .contains("17 or newer");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(launcher.builds()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "21.0.1", "25-ea"})
  void a_newer_java_will_do(String version) throws Exception {
    launcher.java(version);
    assertThat(launcher.run("check").code()).isEqualTo(7);
  }

  @Test
  void the_release_file_of_a_jdk_tells_its_version_without_starting_it() throws Exception {
    Files.writeString(
        launcher.jdk().resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"11.0.2\"\n");
    assertThat(launcher.run("check").err()).contains("is version 11.0.2");
  }

  @Test
  void a_java_home_without_java_is_said_in_one_line() throws Exception {
    Files.delete(launcher.jdk().resolve("bin/java"));
    Answer answer = launcher.run("check");
    assertThat(answer.err().lines())
        .singleElement()
        .asString()
        .contains("JAVA_HOME is " + launcher.jdk());
    assertThat(answer.code()).isEqualTo(2);
  }

  @Test
  void only_a_service_gets_the_slow_but_thorough_compiler() throws Exception {
    assertThat(launcher.run("--verbose", "serve").out()).doesNotContain("TieredStopAtLevel");
    assertThat(launcher.run("sync", "--client", "serve").out()).contains("-XX:TieredStopAtLevel=1");
  }

  @ParameterizedTest
  @CsvSource({
    "LC_ALL, C, C.UTF-8",
    "LC_ALL, POSIX, C.UTF-8",
    "LC_CTYPE, C, C.UTF-8",
    "LANG, C, C.UTF-8",
    "LANG, xx_XX.UTF-8, C.UTF-8",
    "LC_ALL, xx_XX.ISO-8859-1, C.UTF-8",
    "LANG, C.UTF-8, C.UTF-8",
  })
  void names_of_files_may_have_any_characters_whatever_the_locale(
      String variable, String given, String used) throws Exception {
    ProcessBuilder command = launcher.command("check");
    List.of("LC_ALL", "LC_CTYPE", "LANG").forEach(command.environment()::remove);
    command.environment().put(variable, given);
    assertThat(CopiedLauncher.answer(command.start()).out().lines()).contains("characters=" + used);
  }

  @Test
  void a_pipe_is_no_terminal() throws Exception {
    assertThat(launcher.run("check").out().lines()).contains("tty=0");
  }

  @Test
  void sigterm_reaches_the_program() throws Exception {
    CopiedLauncher.script(
        launcher.jdk().resolve("bin/java"),
        "[ \"$1\" != -version ] || { echo 'openjdk version \"17\"' >&2; exit; }\n"
            + "[ \"$1\" != -Djarmode=tools ] || exit 1\n"
            + "trap 'exit 143' TERM; echo ready; while :; do sleep 0.1; done");
    Process process = launcher.start("serve");
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(143);
  }
}
