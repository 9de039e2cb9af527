package io.reconciler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs a copy of the launcher with a java and a mvnw that only say how they were called. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LauncherTest {

  private static final String BUILDING =
      "reconciler: building target/reconciler.jar (once; about a minute)";

  private Path temporary;
  private Path home;
  private Path jdk;
  private Path jar;

  private record Answer(int code, String out, String err) {}

  @BeforeEach
  void copy_the_launcher_beside_small_sources(@TempDir Path directory) throws IOException {
    temporary = directory;
    home = Files.createDirectories(temporary.resolve("a project's home")).toRealPath();
    jdk = temporary.resolve("my jdk");
    Files.createDirectories(jdk.resolve("bin"));
    jar = home.resolve("target/reconciler.jar");
    Files.copy(Path.of("reconciler"), home.resolve("reconciler"));
    Path build = Path.of("src", "main", "sh", "build.sh");
    Files.createDirectories(home.resolve("src/main/sh"));
    Files.copy(build, home.resolve(build));
    Files.createDirectories(home.resolve("src/main/java"));
    Files.createDirectories(home.resolve("routes"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Files.writeString(home.resolve("src/main/java/A.java"), "class A {}");
    Files.writeString(home.resolve("routes/a.camel.yaml"), "[]");
    script(
        home.resolve("mvnw"),
        "echo built >> builds; mkdir -p target; echo jar > target/reconciler.jar");
    script(jdk.resolve("bin/javac"), "exit 1");
    java("17.0.15");
  }

  private void java(String version) throws IOException {
    script(
        jdk.resolve("bin/java"),
        "if [ \"$1\" = -version ]; then echo 'openjdk version \"%s\" 2025-04-15' >&2; exit; fi"
                .formatted(version)
            + "\nprintf '%s\\n' \"$@\"; echo tty=$RECONCILER_TTY; exit 7");
  }

  /** One that unpacks the jar and records classes, as a real one does, and counts the latter. */
  private void archivingJava(String version, String before) throws IOException {
    script(
        jdk.resolve("bin/java"),
        """
        case "$1 $2" in
        -version*) echo 'openjdk version "%s" 2025-04-15' >&2; exit ;;
        -Djarmode=tools*) mkdir "$6"; echo unpacked > "$6/reconciler.jar"; exit ;;
        *-XX:ArchiveClassesAtExit=* | *-XX:AOTCacheOutput=*)
          %s
          env > "%s"; echo "${2#*=}" >> "%s"; echo archive > "${2#*=}"; exit ;;
        esac
        printf '%%s\\n' "$@"; exit 7"""
            .formatted(version, before, home.resolve("environment"), home.resolve("archives")));
  }

  private void builtByMaven() throws IOException {
    Files.createDirectories(jar.getParent());
    Files.writeString(jar, "jar");
  }

  private List<String> archives() throws IOException {
    Path archives = home.resolve("archives");
    return Files.exists(archives) ? Files.readAllLines(archives) : List.of();
  }

  private String archive(String version) {
    return home.resolve("target/app/java-" + version).toString();
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process start(Path launcher, String... args) throws IOException {
    List<String> command = Stream.concat(Stream.of(launcher.toString()), Stream.of(args)).toList();
    ProcessBuilder builder = new ProcessBuilder(command).directory(temporary.toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().remove("JAVA_OPTS");
    return builder.start();
  }

  private static Answer answer(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Answer(process.waitFor(), out, err);
  }

  private Answer run(String... args) throws IOException, InterruptedException {
    return answer(start(home.resolve("reconciler"), args));
  }

  private List<String> builds() throws IOException {
    Path builds = home.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
  }

  private void age(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
  }

  @Test
  void a_missing_jar_is_built_and_run_with_arguments_and_exit_code_kept() throws Exception {
    Answer answer = run("client", "add", "--name", "two words", "*");
    assertThat(answer.err().lines()).containsExactly(BUILDING);
    assertThat(answer.out().lines())
        .containsSubsequence("-jar", jar.toString(), "client", "add", "--name", "two words", "*");
    assertThat(answer.code()).isEqualTo(7);
    assertThat(builds()).hasSize(1);
  }

  @Test
  void a_jar_newer_than_its_sources_is_run_without_a_word() throws Exception {
    run("check");
    assertThat(run("check").err()).isEmpty();
    assertThat(builds()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pom.xml", "src/main/java/A.java", "routes/a.camel.yaml"})
  void a_jar_older_than_a_source_is_built_again(String source) throws Exception {
    run("check");
    Instant later = Files.getLastModifiedTime(jar).toInstant().plusSeconds(5);
    Files.setLastModifiedTime(home.resolve(source), FileTime.from(later));
    assertThat(run("check").err().lines()).containsExactly(BUILDING);
    assertThat(builds()).hasSize(2);
  }

  @Test
  void a_source_edited_during_the_build_is_newer_than_the_jar() throws Exception {
    // The pause is longer than the clock tick of file times.
    script(
        home.resolve("mvnw"),
        "echo built >> builds; sleep 0.1; echo edited > routes/a.camel.yaml;"
            + " echo jar > target/reconciler.jar");
    run("check");
    run("check");
    assertThat(builds()).hasSize(2);
  }

  @Test
  void a_class_archive_of_this_java_is_used_until_the_jar_is_newer() throws Exception {
    run("check");
    Path app = Files.createDirectories(home.resolve("target/app"));
    Files.writeString(app.resolve("reconciler.jar"), "extracted");
    Path archive = Files.writeString(app.resolve("java-17.0.15.jsa"), "archive");

    assertThat(run("check").out().lines())
        .containsSubsequence(
            "-XX:SharedArchiveFile=" + archive, "-jar", app.resolve("reconciler.jar").toString());

    age(archive);
    assertThat(run("check").out().lines()).containsSubsequence("-jar", jar.toString());
  }

  @Test
  void a_jar_that_maven_built_gets_its_archive_once_without_a_word() throws Exception {
    builtByMaven();
    archivingJava("17.0.15", "");

    Answer first = run("check");
    Answer second = run("check");

    assertThat(first.err()).isEmpty();
    assertThat(first.code()).isEqualTo(7);
    assertThat(first.out().lines())
        .containsSubsequence(
            "-XX:SharedArchiveFile=" + archive("17.0.15.jsa"),
            "-jar",
            home.resolve("target/app/reconciler.jar").toString(),
            "check");
    assertThat(second).isEqualTo(first);
    assertThat(archives()).hasSize(1);
    assertThat(builds()).isEmpty();
    assertThat(home.resolve("target/.building")).doesNotExist();
  }

  @Test
  void a_newer_jar_gets_another_archive() throws Exception {
    builtByMaven();
    archivingJava("17.0.15", "");
    run("check");
    Instant later = Instant.now().plusSeconds(5);
    Files.setLastModifiedTime(jar, FileTime.from(later));

    // The clock of this machine is behind the jar's: what is made is older than it.
    Answer answer = run("check");

    assertThat(archives()).hasSize(2);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out().lines()).contains("-jar", jar.toString());
  }

  @Test
  void each_java_gets_an_archive_and_leaves_the_others_theirs() throws Exception {
    builtByMaven();
    archivingJava("17.0.15", "");
    run("check");
    archivingJava("25.0.1", "");

    assertThat(run("check").out()).contains("-XX:AOTCache=" + archive("25.0.1.aot"));
    archivingJava("17.0.15", "");
    assertThat(run("check").out()).contains("-XX:SharedArchiveFile=" + archive("17.0.15.jsa"));
    assertThat(archives()).hasSize(2);
  }

  @Test
  void an_archive_that_cannot_be_made_is_done_without_and_tried_once() throws Exception {
    builtByMaven();
    archivingJava("17.0.15", "echo tried >> \"%s\"; exit 1".formatted(home.resolve("tries")));

    Answer first = run("check");
    Answer second = run("check");

    assertThat(first.err()).isEmpty();
    assertThat(first.code()).isEqualTo(7);
    assertThat(first.out().lines()).containsSubsequence("-jar", jar.toString(), "check");
    assertThat(second).isEqualTo(first);
    assertThat(Files.readAllLines(home.resolve("tries"))).hasSize(1);
  }

  @Test
  void whoever_starts_while_another_makes_the_archive_goes_on_without() throws Exception {
    builtByMaven();
    archivingJava("17.0.15", "until [ -e \"%s\" ]; do sleep 0.1; done".formatted(go()));
    Process first = start(home.resolve("reconciler"), "check");
    Awaitility.await().until(() -> Files.isSymbolicLink(home.resolve("target/.building")));

    Answer second = run("check");
    Files.createFile(go());

    assertThat(second.code()).isEqualTo(7);
    assertThat(second.err()).isEmpty();
    assertThat(second.out().lines()).contains("-jar", jar.toString());
    assertThat(answer(first).out()).contains(archive("17.0.15.jsa"));
    assertThat(archives()).hasSize(1);
  }

  @Test
  void nothing_that_is_set_for_the_command_reaches_what_makes_the_archive() throws Exception {
    builtByMaven();
    archivingJava("17.0.15", "");
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("reconciler").toString(), "check")
            .directory(temporary.toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("DATABASE_URL", "postgresql://db.example.com/portal");
    builder.environment().put("RECONCILER_GRACE_PERIOD_MS", "nonsense");

    assertThat(answer(builder.start()).code()).isEqualTo(7);

    assertThat(Files.readString(home.resolve("environment")))
        .contains("PATH=")
        .doesNotContain("DATABASE_URL", "RECONCILER_");
  }

  @Test
  void a_signal_while_the_archive_is_made_ends_it() throws Exception {
    builtByMaven();
    archivingJava("17.0.15", "echo $$ > \"%s\"; exec sleep 50".formatted(go()));
    Process process = start(home.resolve("reconciler"), "sync");
    awaitText(go());
    ProcessHandle maker =
        ProcessHandle.of(Long.parseLong(Files.readString(go()).strip())).orElseThrow();

    process.toHandle().destroy();

    assertThat(answer(process)).isEqualTo(new Answer(143, "", ""));
    assertThat(maker.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
    assertThat(home.resolve("target/.building")).doesNotExist();
  }

  private static void awaitText(Path file) {
    Awaitility.await().until(() -> Files.exists(file) && Files.size(file) > 0);
  }

  private Path go() {
    return home.resolve("go");
  }

  @Test
  void a_failed_build_shows_its_output_and_runs_nothing() throws Exception {
    script(home.resolve("mvnw"), "echo 'A.java: no such thing'; exit 3");
    Answer answer = run("check");
    assertThat(answer.err().lines())
        .startsWith(BUILDING, "A.java: no such thing")
        .last()
        .asString()
        .startsWith("reconciler: the build failed");
    assertThat(answer.out()).isEmpty();
    assertThat(answer.code()).isEqualTo(1);
    assertThat(home.resolve("target/.building")).doesNotExist();
  }

  @Test
  void two_at_once_build_once() throws Exception {
    // The first build holds on until the second launcher says that it waits.
    script(
        home.resolve("mvnw"),
        "echo built >> builds; until [ -e waiting ]; do sleep 0.1; done;"
            + " echo jar > target/reconciler.jar");
    Process first = start(home.resolve("reconciler"), "check");
    assertThat(first.getErrorStream().read()).isEqualTo('r');
    Process second = start(home.resolve("reconciler"), "check");
    assertThat(second.errorReader().readLine()).contains("waiting for another build");
    Files.createFile(home.resolve("waiting"));
    assertThat(first.waitFor()).isEqualTo(7);
    assertThat(second.waitFor()).isEqualTo(7);
    assertThat(builds()).hasSize(1);
  }

  @Test
  void the_lock_of_a_build_that_died_is_broken() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(home.resolve("target"));
    Files.createSymbolicLink(home.resolve("target/.building"), Path.of(Long.toString(dead.pid())));
    assertThat(run("check").code()).isEqualTo(7);
    assertThat(builds()).hasSize(1);
  }

  @Test
  void who_may_not_build_is_told_at_once_who_may() throws Exception {
    // Not even root can make a folder where a file is.
    Files.writeString(home.resolve("target"), "");
    String owner = Files.getOwner(home.resolve("target")).getName();

    Answer answer = run("check");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err().lines()).hasSize(1);
    assertThat(answer.err())
        .startsWith("reconciler: target/reconciler.jar is missing")
        .contains("can't write " + home.resolve("target"), owner + ", who owns that, has to run");
    assertThat(builds()).isEmpty();
  }

  @Test
  void a_stopped_build_ends_with_its_maven_and_leaves_no_lock() throws Exception {
    script(home.resolve("mvnw"), "echo $$ > maven.pid; exec sleep 50");
    Process process = start(home.resolve("reconciler"), "check");
    Path pid = home.resolve("maven.pid");
    awaitText(pid);
    ProcessHandle maven =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(maven.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
    assertThat(home.resolve("target/.building")).doesNotExist();
  }

  @Test
  void a_link_to_the_launcher_runs_it() throws Exception {
    Path directory = Files.createDirectories(temporary.resolve("my links"));
    Files.createSymbolicLink(directory.resolve("first"), home.resolve("reconciler"));
    Path second = Files.createSymbolicLink(directory.resolve("second"), Path.of("first"));
    Answer answer = answer(start(second, "check"));
    assertThat(answer.out().lines()).contains(jar.toString());
    assertThat(answer.code()).isEqualTo(7);
  }

  @Test
  void a_jar_without_sources_is_run_as_it_is() throws Exception {
    Files.createDirectories(home.resolve("target"));
    Files.writeString(jar, "jar");
    age(jar);
    Files.delete(home.resolve("pom.xml"));
    assertThat(run("check").err()).isEmpty();
    assertThat(builds()).isEmpty();
  }

  @Test
  void neither_jar_nor_sources_is_said_in_one_line() throws Exception {
    Files.delete(home.resolve("pom.xml"));
    Answer answer = run("check");
    assertThat(answer.err().lines()).singleElement().asString().contains("neither");
    assertThat(answer.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"11.0.2", "1.8.0_402", "16", "nonsense"})
  void an_old_java_is_refused_in_one_line(String version) throws Exception {
    java(version);
    Answer answer = run("check");
    assertThat(answer.err().lines())
        .singleElement()
        .asString()
        .startsWith("reconciler: ")
        .contains("is version " + version)
        .contains("17 or newer");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(builds()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "21.0.1", "25-ea"})
  void a_newer_java_will_do(String version) throws Exception {
    java(version);
    assertThat(run("check").code()).isEqualTo(7);
  }

  @Test
  void the_release_file_of_a_jdk_tells_its_version_without_starting_it() throws Exception {
    Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"11.0.2\"\n");
    assertThat(run("check").err()).contains("is version 11.0.2");
  }

  @Test
  void a_java_home_without_java_is_said_in_one_line() throws Exception {
    Files.delete(jdk.resolve("bin/java"));
    Answer answer = run("check");
    assertThat(answer.err().lines()).singleElement().asString().contains("JAVA_HOME is " + jdk);
    assertThat(answer.code()).isEqualTo(2);
  }

  @Test
  void a_runtime_without_compiler_cannot_build_and_says_so() throws Exception {
    Files.delete(jdk.resolve("bin/javac"));
    Answer answer = run("check");
    assertThat(answer.err().lines()).singleElement().asString().contains("javac");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(home.resolve("target/.building")).doesNotExist();
  }

  @Test
  void only_a_service_gets_the_slow_but_thorough_compiler() throws Exception {
    assertThat(run("--verbose", "serve").out()).doesNotContain("TieredStopAtLevel");
    assertThat(run("sync", "--client", "serve").out()).contains("-XX:TieredStopAtLevel=1");
  }

  @Test
  void a_pipe_is_no_terminal() throws Exception {
    assertThat(run("check").out().lines()).contains("tty=0");
  }

  @Test
  void sigterm_reaches_the_program() throws Exception {
    script(
        jdk.resolve("bin/java"),
        "[ \"$1\" != -version ] || { echo 'openjdk version \"17\"' >&2; exit; }\n"
            + "[ \"$1\" != -Djarmode=tools ] || exit 1\n"
            + "trap 'exit 143' TERM; echo ready; while :; do sleep 0.1; done");
    Process process = start(home.resolve("reconciler"), "serve");
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(143);
  }
}
