package io.reconciler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.sandbox.table.Json;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The sandbox as Airtable's own JavaScript client sees it, where Node.js is installed. */
@EnabledIf("nodeIsInstalled")
class OfficialClientTest extends SandboxTestBase {

  private static final Path SOURCES = Path.of("src/test/js");
  private static final Path WORK = Path.of("target/js");

  @Override
  SandboxOptions options(SandboxOptions usual) {
    return usual.withRequestsPerSecond(0);
  }

  static boolean nodeIsInstalled() {
    return found("node") && found("npm");
  }

  private static boolean found(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void airtables_own_client_lists_writes_sees_errors_and_waits_out_a_429() throws Exception {
    create(100);
    table.create("recLimited0000001", clock.instant(), Map.of("Name", "patience"));
    sandbox.onRequest(
        request -> request.path().endsWith("recLimited0000001"), Fault.rateLimited().times(2));
    install();

    String endpoint = sandbox.url().toString().replace("/v0", "");
    JsonNode seen = Json.read(run("node", "contract.js", endpoint, BASE, "Leads"));

    List<Integer> scores = new ArrayList<>();
    seen.path("listed").forEach(score -> scores.add(score.asInt()));
    assertThat(scores).hasSize(50).startsWith(99, 98).endsWith(50);
    assertThat(seen.path("fieldsOfFirst")).isEqualTo(Json.read("[\"Name\",\"Score\"]"));
    assertThat(seen.path("updated")).hasSize(10);
    assertThat(seen.at("/eleven/error").asText()).isEqualTo("INVALID_RECORDS");
    assertThat(seen.at("/unknownField/message").asText()).isEqualTo("Unknown field name: \"Nope\"");
    assertThat(seen.at("/absent/statusCode").asInt()).isEqualTo(404);
    assertThat(seen.path("created")).isEqualTo(Json.read("[\"New\",\"Newer\"]"));
    assertThat(seen.path("replaced").isNull()).isTrue();
    assertThat(seen.path("destroyed").asInt()).isEqualTo(2);
    assertThat(seen.path("byPost").asInt()).isEqualTo(1);
    assertThat(seen.path("afterRateLimit").asText()).isEqualTo("patience");
    assertThat(sandbox.requests())
        .filteredOn(request -> request.path().endsWith("recLimited0000001"))
        .extracting(LoggedRequest::status)
        .containsExactly(429, 429, 200);
    assertThat(table.size()).isEqualTo(101);
  }

  private static void install() throws IOException, InterruptedException {
    Files.createDirectories(WORK);
    for (String file : List.of("package.json", "package-lock.json", "contract.js")) {
      Files.copy(SOURCES.resolve(file), WORK.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    run("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline");
  }

  /** Returns what the program wrote to its output; fails with its errors when it fails. */
  private static String run(String... command) throws IOException, InterruptedException {
    Path errors = WORK.resolve("errors.log");
    Process process =
        new ProcessBuilder(command).directory(WORK.toFile()).redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return output;
  }
}
