package io.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The line before each route of the engine: the body that it takes, the properties that its caller
 * must have set, the body that it leaves ("-" for none that matters).
 */
class FlowLinesTest {

  private static final Pattern LINE =
      Pattern.compile("# in: ([^;]+); needs: ([^;]+); out: ([^;]+)");
  private static final Pattern ID = Pattern.compile("(?m)^    id: ([\\w-]+)$");
  private static final Pattern USE =
      Pattern.compile(
          "setProperty: \\{name: (?<set>\\w+)(?<value>.*)|exchangeProperty\\.(?<read>\\w+)"
              + "|sql:classpath:(?<sql>sql/[\\w-]+\\.sql)");
  private static final Pattern READ = Pattern.compile("exchangeProperty\\.(\\w+)");

  /** A route as it stands in its file, with the line before it. */
  record Flow(String id, String line, String text) {
    @Override
    public String toString() {
      return id;
    }
  }

  static List<Flow> flows() throws IOException {
    List<Flow> flows = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("routes/engine"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String text = Files.readString(file);
        String[] parts = text.split("(?m)^(?=- )");
        for (int i = 1; i < parts.length; i++) {
          if (parts[i].startsWith("- route:")) {
            Matcher id = ID.matcher(parts[i]);
            assertThat(id.find()).isTrue();
            String before = parts[i - 1].stripTrailing();
            flows.add(
                new Flow(id.group(1), before.substring(before.lastIndexOf('\n') + 1), parts[i]));
          }
        }
      }
    }
    return flows;
  }

  @Test
  void the_engine_has_routes() throws IOException {
    assertThat(flows()).hasSizeGreaterThan(40);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("flows")
  void a_route_says_what_flows_through_it(Flow flow) throws IOException {
    Matcher line = LINE.matcher(flow.line());

    assertThat(line.matches()).as("the line before " + flow.id()).isTrue();
    String needs = String.join(", ", needed(flow.text()));
    assertThat(line.group(2)).as(flow.id()).isEqualTo(needs.isEmpty() ? "-" : needs);
  }

  /** What is read, in the route or in its statements, before the route itself has set it. */
  private static TreeSet<String> needed(String text) throws IOException {
    Map<String, Boolean> first = new LinkedHashMap<>();
    Matcher use = USE.matcher(text);
    while (use.find()) {
      if (use.group("set") != null) {
        reads(use.group("value"), first);
        first.putIfAbsent(use.group("set"), false);
      } else if (use.group("sql") != null) {
        reads(Files.readString(Path.of("src/main/resources", use.group("sql"))), first);
      } else {
        first.putIfAbsent(Objects.requireNonNull(use.group("read")), true);
      }
    }
    TreeSet<String> needed = new TreeSet<>();
    first.forEach(
        (property, read) -> {
          if (read) {
            needed.add(property);
          }
        });
    return needed;
  }

  private static void reads(String text, Map<String, Boolean> first) {
    READ.matcher(text).results().forEach(read -> first.putIfAbsent(read.group(1), true));
  }
}
