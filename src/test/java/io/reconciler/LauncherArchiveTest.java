package io.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.CopiedLauncher.Answer;
import io.reconciler.world.SideBySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that the launcher makes and uses. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@SideBySide(SideBySide.Lane.BUILDS)
class LauncherArchiveTest {

  private CopiedLauncher launcher;

  @BeforeEach
  void copy_the_launcher(@TempDir Path directory) throws IOException {
    launcher = new CopiedLauncher(directory);
  }

  private void builtByMaven() throws IOException {
    Files.createDirectories(launcher.jar().getParent());
    Files.writeString(launcher.jar(), "jar");
  }

  /** One that unpacks the jar and records classes, as a real one does, and counts the latter. */
  private void archivingJava(String version, String before) throws IOException {
    CopiedLauncher.script(
        launcher.jdk().resolve("bin/java"),
        """
        case "$1 $2" in
        -version*) echo 'openjdk version "%s" 2025-04-15' >&2; exit ;;
        -Djarmode=tools*) mkdir "$6"; echo unpacked > "$6/reconciler.jar"; exit ;;
        *-XX:ArchiveClassesAtExit=* | *-XX:AOTCacheOutput=*)
          %s
          env > "%s"; echo "${2#*=}" >> "%s"; echo archive > "${2#*=}"; exit ;;
        esac
        printf '%%s\\n' "$@"; exit 7"""
            .formatted(version, before, launcher.file("environment"), launcher.file("archives")));
  }

  private List<String> archives() throws IOException {
    return launcher.lines("archives");
  }

  private String archive(String version) {
    return launcher.file("target/app/java-" + version).toString();
  }

  private Path go() {
    return launcher.file("go");
  }

  @Test
  void a_class_archive_of_this_java_is_used_until_the_jar_is_newer() throws Exception {
    launcher.run("check");
    Path app = Files.createDirectories(launcher.file("target/app"));
    Files.writeString(app.resolve("reconciler.jar"), "extracted");
    Path archive = Files.writeString(app.resolve("java-17.0.15.jsa"), "archive");

    assertThat(launcher.run("check").out().lines())
        .containsSubsequence(
            "-XX:SharedArchiveFile=" + archive, "-jar", app.resolve("reconciler.jar").toString());

    Files.setLastModifiedTime(archive, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    assertThat(launcher.run("check").out().lines())
        .containsSubsequence("-jar", launcher.jar().toString());
  }

  @Test
  void a_jar_that_maven_built_gets_its_archive_once_without_a_word() throws Exception {
    builtByMaven();
    archivingJava("17.0.15", "");

    Answer first = launcher.run("check");
    Answer second = launcher.run("check");

    assertThat(first.err()).isEmpty();
    assertThat(first.code()).isEqualTo(7);
    assertThat(first.out().lines())
        .containsSubsequence(
            "-XX:SharedArchiveFile=" + archive("17.0.15.jsa"),
            "-jar",
            launcher.file("target/app/reconciler.jar").toString(),
            "check");
    assertThat(second).isEqualTo(first);
    assertThat(archives()).hasSize(1);
    assertThat(launcher.builds()).isEmpty();
    assertThat(launcher.file("target/.building")).doesNotExist();
  }

  @Test
  void a_newer_jar_gets_another_archive() throws Exception {
    builtByMaven();
    archivingJava("17.0.15", "");
    launcher.run("check");
    Instant later = Instant.now().plusSeconds(5);
    Files.setLastModifiedTime(launcher.jar(), FileTime.from(later));

    // The clock of this machine is behind the jar's: what is made is older than it.
    Answer answer = launcher.run("check");

    assertThat(archives()).hasSize(2);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out().lines()).contains("-jar", launcher.jar().toString());
  }

  @Test
  void each_java_gets_an_archive_and_leaves_the_others_theirs() throws Exception {
    builtByMaven();
    archivingJava("17.0.15", "");
    launcher.run("check");
    archivingJava("25.0.1", "");

    assertThat(launcher.run("check").out()).contains("-XX:AOTCache=" + archive("25.0.1.aot"));
    archivingJava("17.0.15", "");
    assertThat(launcher.run("check").out())
        .contains("-XX:SharedArchiveFile=" + archive("17.0.15.jsa"));
    assertThat(archives()).hasSize(2);
  }

  @Test
  void an_archive_that_cannot_be_made_is_done_without_and_tried_once() throws Exception {
    builtByMaven();
    archivingJava("17.0.15", "echo tried >> \"%s\"; exit 1".formatted(launcher.file("tries")));

    Answer first = launcher.run("check");
    Answer second = launcher.run("check");

    assertThat(first.err()).isEmpty();
    assertThat(first.code()).isEqualTo(7);
    assertThat(first.out().lines()).containsSubsequence("-jar", launcher.jar().toString(), "check");
    assertThat(second).isEqualTo(first);
    assertThat(Files.readAllLines(launcher.file("tries"))).hasSize(1);
  }

  @Test
  void whoever_starts_while_another_makes_the_archive_goes_on_without() throws Exception {
    builtByMaven();
    archivingJava("17.0.15", "until [ -e \"%s\" ]; do sleep 0.1; done".formatted(go()));
    Process first = launcher.start("check");
    Awaitility.await().until(() -> Files.isSymbolicLink(launcher.file("target/.building")));

    Answer second = launcher.run("check");
    Files.createFile(go());

    assertThat(second.code()).isEqualTo(7);
    assertThat(second.err()).isEmpty();
    assertThat(second.out().lines()).contains("-jar", launcher.jar().toString());
    assertThat(CopiedLauncher.answer(first).out()).contains(archive("17.0.15.jsa"));
    assertThat(archives()).hasSize(1);
  }

  @Test
  void nothing_that_is_set_for_the_command_reaches_what_makes_the_archive() throws Exception {
    builtByMaven();
    archivingJava("17.0.15", "");
    ProcessBuilder builder = launcher.command("check");
    builder.environment().put("DATABASE_URL", "postgresql://db.example.com/portal");
    builder.environment().put("RECONCILER_GRACE_PERIOD_MS", "nonsense");

    assertThat(CopiedLauncher.answer(builder.start()).code()).isEqualTo(7);

    assertThat(Files.readString(launcher.file("environment")))
        .contains("PATH=")
        .doesNotContain("DATABASE_URL", "RECONCILER_");
  }

  @Test
  void a_signal_while_the_archive_is_made_ends_it() throws Exception {
    builtByMaven();
    archivingJava("17.0.15", "echo $$ > \"%s\"; exec sleep 50".formatted(go()));
    Process process = launcher.start("sync");
    ProcessHandle maker = CopiedLauncher.writtenIn(go());

    process.toHandle().destroy();

    assertThat(CopiedLauncher.answer(process)).isEqualTo(new Answer(143, "", ""));
    assertThat(maker.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
    assertThat(launcher.file("target/.building")).doesNotExist();
  }
}
