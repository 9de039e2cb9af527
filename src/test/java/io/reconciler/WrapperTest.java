package io.reconciler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs a copy of the wrapper on a machine without unzip, with a Maven that only greets. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WrapperTest {

  private static final List<String> TOOLS =
      List.of("tar", "gzip", "sha256sum", "mktemp", "uname", "tr", "mkdir", "mv", "rm", "cat");
  private static final String FOLDER = "org/apache/maven/apache-maven/9.9.9/";

  @TempDir private Path home;

  private Path archive;

  @BeforeEach
  void pack_a_maven_and_leave_unzip_out() throws IOException, InterruptedException {
    Files.copy(Path.of("mvnw"), home.resolve("mvnw"));
    Path maven = Files.createDirectories(home.resolve("apache-maven-9.9.9/bin")).resolve("mvn");
    Files.writeString(maven, "#!/bin/sh\necho greetings $*\n");
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
    archive = home.resolve("repository/" + FOLDER + "apache-maven-9.9.9-bin.tar.gz");
    Files.createDirectories(archive.getParent());
    run(List.of("tar", "czf", archive.toString(), "apache-maven-9.9.9"), System.getenv("PATH"));
    Files.createDirectories(home.resolve("tools"));
    for (String tool : TOOLS) {
      Files.createSymbolicLink(home.resolve("tools").resolve(tool), found(tool));
    }
  }

  @Test
  void a_machine_without_unzip_takes_the_tar_and_checks_it()
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    properties(sha256(Files.readAllBytes(archive)));
    assertThat(wrapper()).isEqualTo("0 greetings verify\n");
  }

  @Test
  void a_tar_of_another_checksum_is_not_unpacked() throws IOException, InterruptedException {
    properties("0".repeat(64));
    assertThat(wrapper()).startsWith("1 ").contains("Failed to validate").doesNotContain("greet");
  }

  @Test
  void the_project_names_a_checksum_of_both_archives() throws IOException {
    Properties project = new Properties();
    project.load(
        new ByteArrayInputStream(
            Files.readAllBytes(Path.of(".mvn/wrapper/maven-wrapper.properties"))));
    String zip = project.getProperty("distributionSha256Sum");
    assertThat(zip).matches("[0-9a-f]{64}");
    assertThat(project.getProperty("distributionTarSha256Sum"))
        .matches("[0-9a-f]{64}")
        .isNotEqualTo(zip);
  }

  private void properties(String tar) throws IOException {
    Path file = home.resolve(".mvn/wrapper/maven-wrapper.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        distributionUrl=%sapache-maven-9.9.9-bin.zip
        distributionSha256Sum=%s
        distributionTarSha256Sum=%s
        """
            .formatted(FOLDER, "1".repeat(64), tar));
  }

  private String wrapper() throws IOException, InterruptedException {
    return run(List.of(home.resolve("mvnw").toString(), "verify"), home.resolve("tools") + "");
  }

  private String run(List<String> command, String path) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
    builder.environment().put("PATH", path);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("MAVEN_USER_HOME", home.resolve("user").toString());
    builder.environment().put("MVNW_REPOURL", home.resolve("repository").toUri().toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() + " " + said;
  }

  private static Path found(String tool) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
