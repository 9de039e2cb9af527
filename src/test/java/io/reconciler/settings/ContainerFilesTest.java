package io.reconciler.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The container's files say what the program knows, and agree with each other. */
class ContainerFilesTest {

  private static final Set<String> SECRET =
      Set.of("DATABASE_URL", "AIRTABLE_API_KEY", "RECONCILER_JWT_SECRET");
  private static final Set<String> KNOWN =
      Stream.concat(
              Stream.of(Variable.values()).map(Variable::name), Stream.of("RECONCILER_SECRETS_DIR"))
          .collect(Collectors.toSet());
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String dockerfile;
  private static JsonNode pod;
  private static JsonNode container;

  @BeforeAll
  static void read() throws IOException {
    dockerfile = Files.readString(Path.of("Dockerfile"));
    pod =
        documents("deploy/kubernetes.yaml").stream()
            .filter(document -> document.path("kind").asText().equals("Deployment"))
            .findFirst()
            .orElseThrow()
            .at("/spec/template/spec");
    container = pod.path("containers").path(0);
  }

  @Test
  void kubernetes_sets_only_variables_that_there_are_and_no_secret() throws IOException {
    List<String> names = new ArrayList<>();
    container.path("env").forEach(variable -> names.add(variable.path("name").asText()));
    assertThat(names).isSubsetOf(KNOWN).doesNotContainAnyElementsOf(SECRET);
    assertThat(documents("deploy/kubernetes.yaml"))
        .extracting(document -> document.path("kind").asText())
        .contains("Deployment", "Service", "PodDisruptionBudget")
        .doesNotContain("Secret");
    assertThat(matches(Files.readString(Path.of("deploy/kubernetes.yaml")), "--from-file=(\\w+)"))
        .containsExactlyInAnyOrderElementsOf(SECRET);
  }

  @Test
  void the_secrets_are_read_where_they_are_mounted() {
    String mounted = container.at("/volumeMounts/0/mountPath").asText();
    assertThat(container.path("env"))
        .anySatisfy(
            variable -> {
              assertThat(variable.path("name").asText()).isEqualTo("RECONCILER_SECRETS_DIR");
              assertThat(variable.path("value").asText()).isEqualTo(mounted);
            });
  }

  @Test
  void the_probes_ask_what_the_management_port_answers() {
    assertThat(
            Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                .map(probe -> container.at("/" + probe + "/httpGet")))
        .extracting(get -> get.path("path").asText())
        .containsExactly(
            "/actuator/health/liveness", "/actuator/health/liveness", "/actuator/health/readiness");
    Settings defaults = Settings.read(name -> null, Set.of());
    assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(defaults.serverPort());
    assertThat(container.at("/ports/1/containerPort").asInt()).isEqualTo(defaults.managementPort());
    assertThat(matches(dockerfile, "EXPOSE (\\d+ \\d+)"))
        .containsExactly(defaults.serverPort() + " " + defaults.managementPort());
  }

  @Test
  void nothing_runs_as_root_or_writes_outside_tmp() {
    assertThat(matches(dockerfile, "(?m)^USER (\\S+)"))
        .containsExactly(
            pod.at("/securityContext/runAsUser").asText()
                + ":"
                + pod.at("/securityContext/runAsGroup").asText());
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
  }

  @Test
  void what_is_not_built_here_is_named_by_its_digest() throws IOException {
    List<String> foreign = new ArrayList<>(matches(dockerfile, "(?m)^ARG J(?:DK|RE)=(\\S+)"));
    assertThat(foreign).hasSize(2);
    documents("compose.yaml")
        .get(0)
        .path("services")
        .elements()
        .forEachRemaining(
            service -> {
              if (!service.has("build")) {
                foreign.add(service.path("image").asText());
              }
            });
    assertThat(foreign)
        .hasSize(3)
        .allMatch(image -> image.matches("\\S+:\\S+@sha256:[0-9a-f]{64}"));
    List<String> stages = matches(dockerfile, "(?m)^FROM (\\S+)");
    assertThat(stages).containsOnly("${JDK}", "${JRE}", "program");
  }

  @Test
  void the_grace_period_is_longer_than_the_longest_end() throws IOException {
    JsonNode properties = documents("src/main/resources/application.yaml").get(0);
    Duration longest = Duration.ofMillis(properties.at("/reconciler/stop-within-ms").asLong());
    assertThat(longest).isPositive().isLessThan(Duration.ofSeconds(10));
    assertThat(Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asLong()))
        .isGreaterThan(longest.plusSeconds(5));
  }

  @Test
  void compose_passes_on_what_the_example_names() throws IOException {
    JsonNode services = documents("compose.yaml").get(0).path("services");
    Set<String> set = new TreeSet<>();
    services.path("reconciler").path("environment").fieldNames().forEachRemaining(set::add);
    assertThat(set).isSubsetOf(KNOWN);
    assertThat(services.path("reconciler").path("read_only").asBoolean()).isTrue();
    assertThat(matches(Files.readString(Path.of(".env.example")), "(?m)^(\\w+)="))
        .containsExactlyInAnyOrderElementsOf(
            matches(services.toString(), "\\$\\{(\\w+)").stream().distinct().toList());
  }

  @Test
  void compose_reads_secrets_as_files_of_the_names_that_the_program_looks_for() throws IOException {
    JsonNode compose = documents("compose.yaml").get(0);
    List<String> program = new ArrayList<>();
    compose.at("/services/reconciler/secrets").forEach(name -> program.add(name.asText()));
    assertThat(program).containsExactlyInAnyOrderElementsOf(SECRET);
    compose
        .path("secrets")
        .properties()
        .forEach(
            secret ->
                assertThat(secret.getValue().path("file").asText())
                    .isEqualTo("./secrets/" + secret.getKey()));
    Set<String> environments = new TreeSet<>();
    compose
        .path("services")
        .forEach(s -> s.path("environment").fieldNames().forEachRemaining(environments::add));
    assertThat(environments)
        .doesNotContainAnyElementsOf(SECRET)
        .doesNotContain("POSTGRES_PASSWORD")
        .contains("POSTGRES_PASSWORD_FILE");
    assertThat(matches(Files.readString(Path.of("docs/operations.md")), "> secrets/(\\w+)"))
        .containsExactlyInAnyOrderElementsOf(() -> compose.path("secrets").fieldNames());
    assertThat(Files.readString(Path.of(".gitignore")).lines()).contains(".env", "secrets/");
  }

  private static List<String> matches(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static List<JsonNode> documents(String file) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    new Yaml()
        .loadAll(Files.readString(Path.of(file)))
        .forEach(document -> documents.add(JSON.valueToTree(document)));
    return documents;
  }
}
