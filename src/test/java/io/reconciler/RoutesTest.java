package io.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The form of the route files. */
class RoutesTest {

  private static final Path ROUTES = Path.of("routes");
  private static final Pattern CLASS = Pattern.compile("io\\.reconciler\\.[a-z.]+\\.[A-Z][\\w$]*");
  private static final int LONGEST = 130;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchema SCHEMA = schema();

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(ROUTES)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Every route of every file. */
  static List<JsonNode> routes() throws IOException {
    return entries("route");
  }

  static List<JsonNode> entries(String kind) throws IOException {
    List<JsonNode> entries = new ArrayList<>();
    for (Path file : files()) {
      for (JsonNode entry : read(file)) {
        if (entry.has(kind)) {
          entries.add(entry.get(kind));
        }
      }
    }
    return entries;
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_file_is_valid_to_camels_own_schema(Path file) throws IOException {
    assertThat(SCHEMA.validate(read(file))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_file_is_short_and_says_what_it_is_for(Path file) throws IOException {
    assertThat(file.getFileName().toString()).matches("[a-z]+(-[a-z]+)*\\.camel\\.yaml");
    assertThat(Files.readAllLines(file)).hasSizeLessThan(LONGEST);
    assertThat(Files.readAllLines(file).get(0)).startsWith("# ");
  }

  /** A class that a route names is not looked for before somebody asks for the API's document. */
  @ParameterizedTest
  @MethodSource("files")
  void a_class_that_a_file_names_is_there(Path file) throws IOException {
    Matcher names = CLASS.matcher(Files.readString(file));
    while (names.find()) {
      String name = names.group();
      assertThatCode(() -> Class.forName(name)).doesNotThrowAnyException();
    }
  }

  @Test
  void every_route_has_a_description_and_the_name_it_is_called_by() throws IOException {
    List<JsonNode> all = new ArrayList<>(routes());
    all.addAll(entries("routeTemplate"));
    assertThat(all)
        .isNotEmpty()
        .allSatisfy(
            route -> {
              String id = route.path("id").asText();
              assertThat(id).matches("[a-z]+(-[a-z]+)*");
              assertThat(route.path("description").asText()).as(id).isNotBlank();
              String uri = route.path("from").path("uri").asText();
              if (uri.startsWith("direct:")) {
                assertThat(uri).isEqualTo("direct:" + id);
              } else {
                assertThat(uri).as("a trigger").matches("(quartz|timer):.+");
              }
            });
    assertThat(all).extracting(route -> route.path("id").asText()).doesNotHaveDuplicates();
  }

  @Test
  void airtable_is_called_in_one_place_and_the_only_other_address_is_that_of_notices()
      throws IOException {
    List<String> callers = new ArrayList<>();
    for (JsonNode route : routes()) {
      if (route.toString().contains("\"http:") || route.toString().contains("\"https:")) {
        callers.add(route.path("id").asText());
      }
    }
    assertThat(callers).containsExactlyInAnyOrder("airtable-request", "notice-webhook");
  }

  /** Camel would need a look at each file before the first route for these. */
  @Test
  void no_file_defines_a_bean() throws IOException {
    assertThat(entries("beans")).isEmpty();
  }

  private static JsonNode read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return JSON.valueToTree(new Yaml().load(in));
    }
  }

  private static JsonSchema schema() {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
        .getSchema(RoutesTest.class.getResourceAsStream("/schema/camelYamlDsl.json"));
  }
}
