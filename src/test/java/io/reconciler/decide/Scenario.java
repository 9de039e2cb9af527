package io.reconciler.decide;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** One case of the scenario files: a state, and the decision expected for it. */
record Scenario(
    String name,
    GroupState stored,
    @Nullable Instant doubtedSince,
    Granularity granularity,
    @Nullable ConflictPolicy first,
    boolean airtablesNow,
    Decision expected) {

  private static final List<String> FILES =
      List.of(
          "decision-table",
          "first-agreement",
          "doubt",
          "policies",
          "intent",
          "unconvertible",
          "record-granularity",
          "merge-lines",
          "lines-taken-away",
          "another-owner");
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "policy",
          "granularity",
          "first",
          "owner-now",
          "agreed",
          "intent",
          "airtable",
          "portal",
          "airtable-modified",
          "portal-modified",
          "agreed-modified",
          "written",
          "seen",
          "doubted-since",
          "expect",
          "winner",
          "target");
  private static final Instant START = Instant.parse("2026-03-04T05:00:00Z");

  static Stream<Scenario> all() {
    return FILES.stream().flatMap(file -> read(file).stream());
  }

  private static List<Scenario> read(String file) {
    try (InputStream yaml = Scenario.class.getResourceAsStream("/scenarios/" + file + ".yaml")) {
      List<Map<String, @Nullable Object>> cases = new Yaml().load(yaml);
      return cases.stream().map(entries -> of(file, entries)).toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Scenario of(String file, Map<String, @Nullable Object> entries) {
    List<String> unknown = new ArrayList<>(entries.keySet());
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(file + " has unknown keys " + unknown);
    }
    return new Scenario(
        file + ": " + entries.get("name"),
        state(entries),
        entries.containsKey("doubted-since") ? time(entries, "doubted-since") : null,
        Granularity.of(text(entries, "granularity", "field")),
        entries.containsKey("first") ? ConflictPolicy.of(text(entries, "first", "")) : null,
        text(entries, "owner-now", "portal").equals("airtable"),
        expected(entries));
  }

  private static GroupState state(Map<String, @Nullable Object> entries) {
    return new GroupState(
        "group",
        ConflictPolicy.of(text(entries, "policy", "newest")),
        new GroupState.Sides(values(entries.get("airtable")), values(entries.get("portal"))),
        new GroupState.Times(
            time(entries, "airtable-modified"),
            time(entries, "portal-modified"),
            entries.containsKey("agreed-modified") ? time(entries, "agreed-modified") : null),
        new GroupState.Memory(
            entries.containsKey("agreed") ? values(entries.get("agreed")) : null,
            entries.containsKey("intent") ? values(entries.get("intent")) : null,
            entries.containsKey("written") ? values(entries.get("written")) : null,
            entries.containsKey("seen") ? values(entries.get("seen")) : null));
  }

  /** What is decided about, in the doubt of a restore. */
  GroupState state() {
    return stored.doubtedSince(doubtedSince);
  }

  /** What becomes of it. */
  Decision decided() {
    return airtablesNow ? Decide.overrule(state()) : Decide.decide(state(), granularity, first);
  }

  private static Decision expected(Map<String, @Nullable Object> entries) {
    return new Decision(
        Decision.Kind.valueOf(constant(text(entries, "expect", "missing"))),
        entries.containsKey("winner")
            ? Winner.valueOf(constant(text(entries, "winner", "missing")))
            : null,
        values(entries.get("target")));
  }

  private static GroupValues values(@Nullable Object yaml) {
    if (!(yaml instanceof Map<?, ?> columns) || columns.containsKey("unconvertible")) {
      return GroupValues.of("notes", value(yaml));
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    columns.forEach((column, cell) -> values.put((String) column, value(cell)));
    return new GroupValues(values);
  }

  private static @Nullable Object value(@Nullable Object yaml) {
    return yaml instanceof Map<?, ?> cell
        ? new Unconvertible(String.valueOf(cell.get("unconvertible")), "is bad")
        : yaml;
  }

  private static Instant time(Map<String, @Nullable Object> entries, String key) {
    double seconds = Double.parseDouble(text(entries, key, "missing"));
    return START.plus(Duration.ofMillis(Math.round(seconds * 1_000)));
  }

  private static String text(Map<String, @Nullable Object> entries, String key, String otherwise) {
    Object value = entries.get(key);
    return value == null ? otherwise : value.toString();
  }

  private static String constant(String label) {
    return label.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  @Override
  public String toString() {
    return name;
  }
}
