package io.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The line before each route that others call is true of all that happens in it. */
class FlowLinesTest {

  private static final Pattern CALL = Pattern.compile("\"direct:([a-z-]+)\"");

  /** What Java sets before it calls a route. */
  private static final Map<String, Set<String>> GIVEN =
      Map.of("apply-pulled", Set.of("run"), "verify", Set.of("progress"));

  private static Map<String, Flow> all;
  private static RouteBeans beans;
  private static FlowNeeds needs;
  private static FlowBodies bodies;
  private static Set<String> calledInside;
  private static Set<String> calledByJava;

  static Collection<Flow> flows() {
    return all.values();
  }

  @BeforeAll
  static void read() throws Exception {
    ObjectNode configurations = new ObjectMapper().createObjectNode();
    for (JsonNode each : RoutesTest.entries("routeConfiguration")) {
      configurations.set(each.path("id").asText(), each);
    }
    all = Flow.all();
    beans = new RouteBeans();
    needs = new FlowNeeds(all, configurations, beans, mapping());
    bodies = new FlowBodies(all, beans);
    calledInside = new HashSet<>();
    for (JsonNode route : RoutesTest.routes()) {
      route.findValues("to").forEach(to -> calledInside.add(FlowNeeds.called(to)));
    }
    calledByJava = calledByJava();
  }

  @Test
  void routes_are_found() {
    assertThat(flows()).hasSizeGreaterThan(90);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("flows")
  void a_route_says_which_properties_it_needs_for_itself_and_those_that_it_calls(Flow flow) {
    assertThat(flow.line()).as("the line before " + flow.id()).matches(Flow.LINE);
    assertThat(flow.needs()).as(flow.id()).isEqualTo(needs.of(flow));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("flows")
  void a_route_says_which_body_it_takes(Flow flow) throws IOException {
    Optional<FlowBodies.Taker> taker = bodies.taker(flow);

    taker.ifPresent(
        first ->
            assertThat(first.takes()).as("what " + first.name() + " takes").containsAll(flow.in()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("flows")
  void what_a_route_can_not_do_without_is_there_where_Java_or_a_trigger_calls_it(Flow flow) {
    if (!calledInside.contains(flow.id()) || calledByJava.contains(flow.id())) {
      assertThat(needs.required(flow)).isSubsetOf(GIVEN.getOrDefault(flow.id(), Set.of()));
    }
  }

  @Test
  void beans_that_are_handed_the_exchange_are_listed_with_what_they_do_with_it()
      throws IOException {
    Set<String> called = new TreeSet<>();
    for (JsonNode route : RoutesTest.routes()) {
      route.findParents("ref").forEach(step -> add(step, called));
    }
    for (JsonNode configuration : RoutesTest.entries("routeConfiguration")) {
      configuration.findParents("ref").forEach(step -> add(step, called));
    }
    assertThat(called).containsExactlyInAnyOrderElementsOf(RouteBeans.listed());
  }

  private static void add(JsonNode step, Set<String> called) {
    RouteBeans.Call call = beans.call(step.path("ref").asText(), step.path("method").asText());
    if (call.takesExchange()) {
      called.add(call.name());
    }
  }

  private static Set<String> calledByJava() throws IOException {
    Set<String> called = new HashSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        CALL.matcher(Files.readString(file)).results().forEach(r -> called.add(r.group(1)));
      }
    }
    return called;
  }

  static Mapping mapping() throws IOException {
    try (InputStream in = FlowLinesTest.class.getResourceAsStream("/mapping/leads.yaml")) {
      return MappingFile.read("leads.yaml", Objects.requireNonNull(in)).withoutPlaces();
    }
  }
}
