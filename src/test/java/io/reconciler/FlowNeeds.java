package io.reconciler;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.statement.LeadStatements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The properties that a route needs from whoever calls it: what is read in it, in its statements,
 * by its beans or in the routes that it calls, before one of these has set it on every way to
 * there.
 */
final class FlowNeeds {

  private static final Pattern READ =
      Pattern.compile("exchangeProperty\\.(\\w+)(\\} (?:==|!=) (?:null|true|false))?");
  private static final Pattern FILE = Pattern.compile("sql:classpath:(sql/[\\w-]+\\.sql)");
  private static final Pattern STATEMENT = Pattern.compile("sql:ref:(\\w+)\\.");

  private final Map<String, Flow> flows;
  private final JsonNode configurations;
  private final RouteBeans beans;
  private final Map<String, String> statements;

  /** What was found so far; what was not is taken for a route that sets everything. */
  private final Map<String, Way> found = new HashMap<>();

  /** The configurations are those that routes refer to, by their ids. */
  FlowNeeds(Map<String, Flow> flows, JsonNode configurations, RouteBeans beans, Mapping mapping) {
    this.flows = flows;
    this.configurations = configurations;
    this.beans = beans;
    this.statements = new LeadStatements(mapping).byName();
    Map<String, Way> before;
    do {
      before = Map.copyOf(found);
      flows.values().forEach(flow -> found.put(flow.id(), way(flow)));
    } while (!before.equals(found));
  }

  /** What a route needs, in the order of the names, as its line says it. */
  String of(Flow flow) {
    String needs =
        Objects.requireNonNull(found.get(flow.id())).needs().entrySet().stream()
            .map(need -> need.getKey() + (need.getValue() ? "" : "?"))
            .collect(Collectors.joining(", "));
    return needs.isEmpty() ? "-" : needs;
  }

  /** What a route can't do without. */
  Set<String> required(Flow flow) {
    Map<String, Boolean> needs = Objects.requireNonNull(found.get(flow.id())).needs();
    return needs.keySet().stream().filter(needs::get).collect(Collectors.toSet());
  }

  /** What a step calls: a route's id; empty where it calls something else. */
  static String called(JsonNode to) {
    String uri = to.isTextual() ? to.asText() : to.path("uri").asText();
    return uri.startsWith("direct:") ? uri.substring("direct:".length()) : "";
  }

  private Way way(Flow flow) {
    Way way = new Way();
    steps(flow.route().path("from").path("steps"), way);
    JsonNode errors = configurations.path(flow.route().path("routeConfigurationId").asText());
    errors.path("onException").forEach(on -> steps(on, way.beside()));
    return way;
  }

  private void steps(JsonNode steps, Way way) {
    for (JsonNode step : steps) {
      String kind = step.fieldNames().next();
      step(kind, step.get(kind), way);
    }
  }

  private void step(String kind, JsonNode step, Way way) {
    switch (kind) {
      case "setProperty" -> {
        reads(step, way);
        way.set(step.path("name").asText());
      }
      case "removeProperty" -> way.set(step.path("name").asText());
      case "to" -> {
        reads(step, way);
        call(called(step), way);
      }
      case "choice" -> choice(step, way);
      case "doTry" -> doTry(step, way);
      default -> {
        reads(step, way);
        if (kind.equals("bean")) {
          beanOf(step, way);
        }
        // May be left out, or be about a copy.
        steps(step.path("steps"), way.beside());
      }
    }
  }

  private void choice(JsonNode step, Way way) {
    List<Way> branches = new ArrayList<>();
    for (JsonNode when : step.path("when")) {
      reads(when, way);
      branches.add(way.beside());
      steps(when.path("steps"), branches.get(branches.size() - 1));
    }
    branches.add(way.beside());
    steps(step.path("otherwise").path("steps"), branches.get(branches.size() - 1));
    way.goOnAfterOneOf(branches);
  }

  private void doTry(JsonNode step, Way way) {
    List<Way> ends = new ArrayList<>(List.of(way.beside()));
    for (JsonNode caught : step.path("doCatch")) {
      ends.add(way.beside());
      reads(caught, ends.get(ends.size() - 1));
      steps(caught.path("steps"), ends.get(ends.size() - 1));
    }
    steps(step.path("steps"), ends.get(0));
    steps(step.path("doFinally").path("steps"), way.beside());
    way.goOnAfterOneOf(ends);
  }

  private void call(String id, Way way) {
    Way called = flows.containsKey(id) ? found.get(id) : new Way();
    if (called == null) {
      way.setEverything();
    } else {
      way.goOnAfter(called);
    }
  }

  // Every text of a step but those of the steps in it.
  private void reads(JsonNode step, Way way) {
    if (step.isTextual()) {
      reads(step.asText(), way);
    }
    if (step.isArray()) {
      step.forEach(each -> reads(each, way));
    }
    step.fields()
        .forEachRemaining(
            field -> {
              if (field.getKey().equals("method") && field.getValue().isObject()) {
                beanOf(field.getValue(), way);
              } else if (!field.getKey().equals("steps") && !step.has("ref")) {
                reads(field.getValue(), way);
              }
            });
  }

  private void reads(String text, Way way) {
    Matcher read = READ.matcher(text);
    while (read.find()) {
      way.read(read.group(1), read.group(2) == null);
    }
    FILE.matcher(text).results().forEach(file -> reads(sql(file.group(1)), way));
    STATEMENT
        .matcher(text)
        .results()
        .forEach(name -> reads(statements.getOrDefault(name.group(1), ""), way));
  }

  private void beanOf(JsonNode step, Way way) {
    RouteBeans.Call call = beans.call(step.path("ref").asText(), step.path("method").asText());
    for (int i = 0; i < call.arguments().size(); i++) {
      Matcher read = READ.matcher(call.arguments().get(i));
      while (read.find()) {
        way.read(read.group(1), !call.isOptional(i));
      }
    }
    String[] shared = call.withTheExchange().split("->", -1);
    for (String name : shared[0].strip().split(" ")) {
      if (!name.isEmpty()) {
        way.read(name.replace("?", ""), !name.endsWith("?"));
      }
    }
    if (shared.length > 1) {
      way.set(shared[1].strip());
    }
  }

  private static String sql(String file) {
    try {
      return Files.readString(Path.of("src/main/resources", file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is needed up to a place, and what is set there for certain. */
  private static final class Way {

    /** By the name; true of what is not allowed to be missing. */
    private final TreeMap<String, Boolean> needs;

    private final Set<String> set = new HashSet<>();
    private boolean everything;

    Way() {
      this(new TreeMap<>());
    }

    private Way(TreeMap<String, Boolean> needs) {
      this.needs = needs;
    }

    Map<String, Boolean> needs() {
      return needs;
    }

    void read(String name, boolean required) {
      if (!everything && !set.contains(name)) {
        needs.merge(name, required, Boolean::logicalOr);
      }
    }

    void set(String name) {
      set.add(name);
    }

    void setEverything() {
      everything = true;
    }

    /** Needs what this one does; what it sets is not set here. */
    Way beside() {
      Way other = new Way(needs);
      other.set.addAll(set);
      other.everything = everything;
      return other;
    }

    void goOnAfter(Way called) {
      called.needs.forEach(this::read);
      set.addAll(called.set);
      everything |= called.everything;
    }

    void goOnAfterOneOf(List<Way> ways) {
      everything = ways.stream().allMatch(way -> way.everything);
      Set<String> common = null;
      for (Way way : ways) {
        if (!way.everything) {
          common = common == null ? new HashSet<>(way.set) : common;
          common.retainAll(way.set);
        }
      }
      set.addAll(common == null ? Set.of() : common);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Way way
          && needs.equals(way.needs)
          && set.equals(way.set)
          && everything == way.everything;
    }

    @Override
    public int hashCode() {
      return Objects.hash(needs, set, everything);
    }
  }
}
