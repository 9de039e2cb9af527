package io.reconciler;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A copy of the launcher beside small sources, with a java and a mvnw that only say how they were
 * called.
 */
final class CopiedLauncher {

  private final Path temporary;
  private final Path home;
  private final Path jdk;

  /** What became of a command. */
  record Answer(int code, String out, String err) {}

  CopiedLauncher(Path directory) throws IOException {
    temporary = directory;
    home = Files.createDirectories(temporary.resolve("a project's home")).toRealPath();
    jdk = temporary.resolve("my jdk");
    Files.createDirectories(jdk.resolve("bin"));
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

  /** A file of the project. */
  Path file(String path) {
    return home.resolve(path);
  }

  Path jar() {
    return home.resolve("target/reconciler.jar");
  }

  Path jdk() {
    return jdk;
  }

  /** A java of that version, which says how it was called and ends with 7. */
  void java(String version) throws IOException {
    script(
        jdk.resolve("bin/java"),
        "if [ \"$1\" = -version ]; then echo 'openjdk version \"%s\" 2025-04-15' >&2; exit; fi"
                .formatted(version)
            + "\nprintf '%s\\n' \"$@\"; echo tty=$RECONCILER_TTY; echo characters=${LC_ALL:-${LC_CTYPE:-$LANG}}; exit 7");
  }

  static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A line for each build. */
  List<String> builds() throws IOException {
    return lines("builds");
  }

  /** The lines that a script has written there; none where it has not. */
  List<String> lines(String path) throws IOException {
    return Files.exists(file(path)) ? Files.readAllLines(file(path)) : List.of();
  }

  /** A command, not yet started, under the name of that file. */
  ProcessBuilder command(Path launcher, String... args) {
    List<String> command = Stream.concat(Stream.of(launcher.toString()), Stream.of(args)).toList();
    ProcessBuilder builder = new ProcessBuilder(command).directory(temporary.toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().remove("JAVA_OPTS");
    return builder;
  }

  ProcessBuilder command(String... args) {
    return command(home.resolve("reconciler"), args);
  }

  Process start(String... args) throws IOException {
    return command(args).start();
  }

  Answer run(String... args) throws IOException, InterruptedException {
    return answer(start(args));
  }

  static Answer answer(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Answer(process.waitFor(), out, err);
  }

  /** The process whose id a script has written into that file. */
  static ProcessHandle writtenIn(Path file) throws IOException {
    Awaitility.await().until(() -> Files.exists(file) && Files.size(file) > 0);
    return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
  }
}
