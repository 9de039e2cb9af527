package io.reconciler.engine.apply.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.decide.GroupValues;
import io.reconciler.side.mapping.Conversion;
import io.reconciler.side.mapping.Converted;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFile;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** One case of {@code scenarios/planner.yaml}: a record and its lead, and what is written. */
record PlannerScenario(String name, Map<String, @Nullable Object> entries) {

  static final Mapping MAPPING =
      MappingFile.read(
          "planner-mapping.yaml",
          Objects.requireNonNull(
              PlannerScenario.class.getResourceAsStream("/scenarios/planner-mapping.yaml")));
  static final UUID CLIENT = UUID.fromString("0e000000-0000-4000-8000-000000000001");
  private static final String RECORD = "recPlanner0000001";
  private static final Instant START = Instant.parse("2026-03-04T05:00:00Z");
  private static final Set<String> KEYS =
      Set.of(
          "name", "stage", "record", "lead", "agreed", "intent", "without", "only", "held", "moved",
          "sent", "expect");
  private static final Set<String> EXPECTED =
      Set.of(
          "kind",
          "changes",
          "patch",
          "updated-at",
          "agrees",
          "agreed-modified",
          "pending",
          "intent",
          "conflicts");

  PlannerScenario {
    refuseUnknown(name, entries.keySet(), KEYS);
    refuseUnknown(name, map(entries.get("expect")).keySet(), EXPECTED);
  }

  static List<PlannerScenario> all() {
    try (InputStream yaml = PlannerScenario.class.getResourceAsStream("/scenarios/planner.yaml")) {
      List<Map<String, @Nullable Object>> cases = new Yaml().load(yaml);
      return cases.stream()
          .map(entries -> new PlannerScenario(String.valueOf(entries.get("name")), entries))
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** What its file says is written, in the order of {@link #planned}. */
  Map<String, @Nullable Object> expected() {
    Map<String, @Nullable Object> expect = map(entries.get("expect"));
    Map<String, @Nullable Object> all = new TreeMap<>();
    all.put("kind", expect.get("kind"));
    all.put("changes", values(map(expect.get("changes"))));
    all.put("patch", texts(map(expect.get("patch"))));
    all.put("updated-at", time(expect.get("updated-at")));
    all.put("pending", expect.getOrDefault("pending", false));
    all.put("intent", names(expect.get("intent")));
    all.put("conflicts", names(expect.get("conflicts")));
    return all;
  }

  /** What is agreed on afterwards, of the columns that its file names. */
  Map<String, @Nullable Object> expectedAgreement() {
    Map<String, @Nullable Object> expect = map(entries.get("expect"));
    Map<String, @Nullable Object> all = new TreeMap<>(values(map(expect.get("agrees"))));
    if (expect.containsKey("agreed-modified")) {
      all.put("modified", time(expect.get("agreed-modified")));
    }
    return all;
  }

  static Map<String, @Nullable Object> planned(RecordPlan plan) {
    Map<String, @Nullable Object> all = new TreeMap<>();
    all.put("kind", plan.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    Map<String, @Nullable Object> changes = new TreeMap<>();
    Map<String, @Nullable Object> defaults = defaults();
    plan.changes().stream()
        .filter(
            c ->
                plan.kind() != RecordPlan.Kind.INSERT
                    || !Objects.equals(c.to(), defaults.get(c.column())))
        .forEach(change -> changes.put(change.column(), change.to()));
    all.put("changes", changes);
    Map<String, @Nullable Object> patch = new TreeMap<>();
    plan.patch().forEach((field, cell) -> patch.put(field, text(cell)));
    all.put("patch", patch);
    all.put("updated-at", plan.updatedAt());
    all.put("pending", plan.agreed().pending());
    all.put("intent", new TreeSet<>(plan.agreed().intent().keySet()));
    Set<String> conflicts = new TreeSet<>();
    plan.outcomes().stream()
        .filter(GroupOutcome::conflict)
        .forEach(outcome -> conflicts.add(outcome.group().name()));
    all.put("conflicts", conflicts);
    return all;
  }

  Map<String, @Nullable Object> agreement(RecordPlan plan) {
    Map<String, @Nullable Object> all = new TreeMap<>();
    for (String key : expectedAgreement().keySet()) {
      all.put(
          key,
          key.equals("modified")
              ? plan.agreed().modified()
              : plan.agreed()
                  .agreed()
                  .get(Objects.requireNonNull(MAPPING.column(key).group()))
                  .get(key));
    }
    return all;
  }

  Page page() {
    Set<String> held = names(entries.get("held"));
    return switch (String.valueOf(entries.get("stage"))) {
      case "pull" -> Page.pulled(List.of(record()));
      case "refresh" -> Page.refreshed(List.of(record()));
      case "links" -> Page.links(List.of(record()));
      case "prepare-push" ->
          Page.candidates(List.of(record()), Map.of(RECORD, chosen()), Map.of(RECORD, held));
      case "confirm-push" ->
          Page.confirmed(List.of(record()), Map.of(RECORD, names(entries.get("sent"))));
      default -> throw new IllegalArgumentException(name);
    };
  }

  // When the lead was last edited as it was chosen.
  private Instant chosen() {
    return entries.containsKey("moved") ? START : time(lead().get("updated"));
  }

  Map<String, LeadRow> leads() {
    if (!entries.containsKey("lead")) {
      return Map.of();
    }
    Map<String, @Nullable Object> row = new LinkedHashMap<>(defaults());
    row.putAll(values(columns(lead())));
    return Map.of(RECORD, new LeadRow(CLIENT, RECORD, time(lead().get("updated")), row));
  }

  Map<String, AgreedValues> agreed() {
    if (!entries.containsKey("agreed")) {
      return Map.of();
    }
    Map<String, @Nullable Object> agreed = map(entries.get("agreed"));
    return Map.of(
        RECORD,
        new AgreedValues(
            groups(columns(agreed)),
            groups(map(entries.get("intent"))),
            time(agreed.get("modified")),
            Boolean.TRUE.equals(agreed.get("pending")),
            Map.of(),
            Map.of()));
  }

  private Map<String, @Nullable Object> lead() {
    return map(entries.get("lead"));
  }

  private IncomingRecord record() {
    Map<String, @Nullable Object> record = map(entries.get("record"));
    Map<String, @Nullable Object> values = new LinkedHashMap<>(defaults());
    Map<String, Converted.Failed> failures = new HashMap<>();
    columns(record)
        .forEach(
            (column, value) -> {
              if (value instanceof Map<?, ?> bad) {
                values.remove(column);
                failures.put(
                    column,
                    new Converted.Failed(String.valueOf(bad.get("unconvertible")), "is bad"));
              } else {
                values.put(column, value(column, value));
              }
            });
    values.keySet().removeAll(names(entries.get("without")));
    if (entries.containsKey("only")) {
      values.keySet().retainAll(names(entries.get("only")));
    }
    return new IncomingRecord(RECORD, START, time(record.get("modified")), values, failures);
  }

  /** What an empty cell of each column becomes. */
  private static Map<String, @Nullable Object> defaults() {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (FieldMapping field : MAPPING.fields()) {
      row.put(
          field.column(),
          field.convert(null) instanceof Converted.Value value ? value.value() : null);
    }
    return row;
  }

  private static Map<String, GroupValues> groups(Map<String, @Nullable Object> columns) {
    Map<String, GroupValues> groups = new LinkedHashMap<>();
    for (FieldGroup group : MAPPING.groups()) {
      if (group.fields().stream().anyMatch(field -> columns.containsKey(field.column()))) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        group
            .fields()
            .forEach(
                f ->
                    values.put(
                        f.column(), f.normalise(value(f.column(), columns.get(f.column())))));
        groups.put(group.name(), new GroupValues(values));
      }
    }
    return groups;
  }

  private static Map<String, @Nullable Object> columns(Map<String, @Nullable Object> of) {
    Map<String, @Nullable Object> columns = new LinkedHashMap<>(of);
    columns.keySet().removeAll(Set.of("modified", "updated", "pending"));
    return columns;
  }

  private static Map<String, @Nullable Object> values(Map<String, @Nullable Object> columns) {
    Map<String, @Nullable Object> values = new TreeMap<>();
    columns.forEach((column, value) -> values.put(column, value(column, value)));
    return values;
  }

  private static @Nullable Object value(String column, @Nullable Object yaml) {
    return MAPPING.column(column).conversion().kind() == Conversion.Kind.UUID && yaml != null
        ? UUID.fromString(yaml.toString())
        : yaml;
  }

  private static Map<String, @Nullable Object> texts(Map<String, @Nullable Object> cells) {
    Map<String, @Nullable Object> texts = new TreeMap<>();
    cells.forEach((field, cell) -> texts.put(field, cell == null ? null : cell.toString()));
    return texts;
  }

  private static @Nullable String text(JsonNode cell) {
    return cell.isNull() ? null : cell.asText();
  }

  private static Instant time(@Nullable Object seconds) {
    return START.plusSeconds(Long.parseLong(String.valueOf(seconds)));
  }

  private static Set<String> names(@Nullable Object list) {
    Set<String> names = new TreeSet<>();
    if (list instanceof List<?> all) {
      all.forEach(name -> names.add(String.valueOf(name)));
    }
    return names;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> map(@Nullable Object yaml) {
    return yaml == null ? Map.of() : (Map<String, @Nullable Object>) yaml;
  }

  private static void refuseUnknown(String name, Set<String> found, Set<String> known) {
    List<String> unknown = new ArrayList<>(found);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(name + " has unknown keys " + unknown);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
