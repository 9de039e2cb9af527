package io.reconciler.engine.apply.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.decide.GroupValues;
import io.reconciler.scenario.Case;
import io.reconciler.side.mapping.Conversion;
import io.reconciler.side.mapping.Converted;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFile;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
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

/** One case of {@code scenarios/planner*.yaml}: a record and its lead, and what is written. */
record PlannerScenario(String recordId, Case written) {

  static final Mapping MAPPING =
      MappingFile.read(
          "planner-mapping.yaml",
          Objects.requireNonNull(
              PlannerScenario.class.getResourceAsStream("/scenarios/planner-mapping.yaml")));
  static final UUID CLIENT = UUID.fromString("0e000000-0000-4000-8000-000000000001");
  private static final Instant START = Instant.parse("2026-03-04T05:00:00Z");

  static List<PlannerScenario> all() {
    return of("planner.yaml");
  }

  /** Those under granularity record. */
  static List<PlannerScenario> ofRecords() {
    return of("planner-record.yaml");
  }

  private static List<PlannerScenario> of(String file) {
    List<PlannerScenario> all = new ArrayList<>();
    Case.read(
            file,
            "stage",
            "record",
            "lead",
            "agreed",
            "intent",
            "written",
            "seen",
            "without",
            "only",
            "held",
            "moved",
            "sent",
            "computed",
            "expect")
        .forEach(
            one -> all.add(new PlannerScenario("recPlanner%07d".formatted(all.size() + 1), one)));
    return all;
  }

  /** What its file says is written, in the order of {@link #planned}. */
  Map<String, @Nullable Object> expected() {
    Case expect = expect();
    Map<String, @Nullable Object> all = new TreeMap<>();
    all.put("kind", expect.text("kind"));
    all.put("changes", values(expect.columns("changes")));
    all.put("patch", texts(expect.columns("patch")));
    all.put("updated-at", time(expect.number("updated-at")));
    all.put("pending", expect.is("pending"));
    all.put("intent", new TreeSet<>(expect.list("intent")));
    all.put("written", groups(expect.columns("written")));
    all.put("seen", groups(expect.columns("seen")));
    all.put("conflicts", new TreeSet<>(expect.list("conflicts")));
    return all;
  }

  /** What is agreed on afterwards, of the columns that its file names. */
  Map<String, @Nullable Object> expectedAgreement() {
    Case expect = expect();
    Map<String, @Nullable Object> all = new TreeMap<>(values(expect.columns("agrees")));
    if (expect.has("agreed-modified")) {
      all.put("modified", time(expect.number("agreed-modified")));
    }
    return all;
  }

  private Case expect() {
    return written.part(
        "expect",
        "kind",
        "changes",
        "patch",
        "updated-at",
        "agrees",
        "agreed-modified",
        "pending",
        "intent",
        "written",
        "seen",
        "conflicts");
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
    all.put("written", plan.agreed().written());
    all.put("seen", plan.agreed().seen());
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

  /** What its run knows: which columns are computed. */
  RunRules rules() {
    return new RunRules(null, null, Set.of(), Set.copyOf(written.list("computed")));
  }

  /** The page of its own stage. */
  Page page() {
    return page(
        Page.Purpose.valueOf(written.text("stage").toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  /**
   * The same record in a page of any use; an answer is one to all that was sent, unless it says.
   */
  Page page(Page.Purpose purpose) {
    List<IncomingRecord> records = List.of(record());
    Set<String> sent =
        written.has("sent") ? Set.copyOf(written.list("sent")) : Set.of("claim", "notes");
    return switch (purpose) {
      case PULL -> Page.pulled(records);
      case REFRESH -> Page.refreshed(records);
      case LINKS -> Page.links(records);
      case PREPARE_PUSH ->
          Page.candidates(
              records,
              Map.of(recordId, chosen()),
              Map.of(recordId, Set.copyOf(written.list("held"))));
      case CONFIRM_PUSH -> Page.confirmed(records, Map.of(recordId, sent));
    };
  }

  // When the lead was last edited as it was chosen.
  private Instant chosen() {
    return written.is("moved") || !written.has("lead") ? START : time(lead().get("updated"));
  }

  Map<String, LeadRow> leads() {
    if (!written.has("lead")) {
      return Map.of();
    }
    Map<String, @Nullable Object> row = new LinkedHashMap<>(defaults());
    row.putAll(values(columns(lead())));
    return Map.of(recordId, new LeadRow(CLIENT, recordId, time(lead().get("updated")), row));
  }

  Map<String, AgreedValues> agreed() {
    if (!written.has("agreed")) {
      return Map.of();
    }
    Map<String, @Nullable Object> agreed = written.columns("agreed");
    return Map.of(
        recordId,
        new AgreedValues(
            groups(columns(agreed)),
            groups(written.columns("intent")),
            time(agreed.get("modified")),
            Boolean.TRUE.equals(agreed.get("pending")),
            groups(written.columns("written")),
            groups(written.columns("seen"))));
  }

  private Map<String, @Nullable Object> lead() {
    return written.columns("lead");
  }

  private IncomingRecord record() {
    Map<String, @Nullable Object> record = written.columns("record");
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
    values.keySet().removeAll(written.list("without"));
    if (written.has("only")) {
      values.keySet().retainAll(written.list("only"));
    }
    return new IncomingRecord(recordId, START, time(record.get("modified")), values, failures);
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

  @Override
  public String toString() {
    return written.name();
  }
}
