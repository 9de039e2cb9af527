package io.reconciler.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.RecordPlan;
import io.reconciler.engine.dryrun.PlannedLeads;
import io.reconciler.scenario.Case;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFile;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a row of the candidates' statement means, as {@code scenarios/candidates.yaml} has it. */
class CandidateTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant START = Instant.parse("2026-03-04T05:00:00Z");
  private static final Instant LATER = START.plus(Duration.ofMinutes(61));
  private static final String RECORD = "recCandidate00001";
  private static final Set<String> OWN = Set.of("updated", "in-grace", "pending");

  static List<Case> cases() {
    return Case.read(
        "candidates.yaml",
        "mapping",
        "asked-for",
        "dry-run",
        "at-once",
        "lead",
        "agreed",
        "sent",
        "dead-letters",
        "failed",
        "decided",
        "expect",
        "left");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void a_row_means_what_is_written(Case written) {
    List<Candidate> read = read(written);

    if (written.text("expect").equals("none")) {
      assertThat(read).isEmpty();
    } else {
      Case expected = written.part("expect", "in-grace", "held");
      assertThat(read)
          .containsExactly(
              new Candidate(
                  LeadRow.of(row(written), mapping(written)),
                  expected.is("in-grace"),
                  Set.copyOf(expected.list("held"))));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("decided")
  void a_decision_leaves_it_as_written(Case written) {
    Candidate found = read(written).get(0);

    Candidate left = found.after(plan(written));

    LeadRow lead = lead(written.columns("left"), mapping(written));
    assertThat(left.lead().updatedAt()).isEqualTo(lead.updatedAt());
    assertThat(left.lead().values()).isEqualTo(lead.values());
    assertThat(left.lead().clientId()).isEqualTo(found.lead().clientId());
    assertThat(left.lead().recordId()).isEqualTo(RECORD);
    assertThat(left.inGrace()).isEqualTo(found.inGrace());
    assertThat(left.held()).isEqualTo(found.held());
  }

  static List<Case> decided() {
    return cases().stream().filter(written -> written.has("decided")).toList();
  }

  @Test
  void every_case_has_its_own_name() {
    assertThat(cases()).extracting(Case::name).doesNotHaveDuplicates();
  }

  private static List<Candidate> read(Case written) {
    Mapping mapping = mapping(written);
    ObjectNode row = row(written);
    GracePeriod grace =
        written.is("at-once")
            ? new GracePeriod(START, Duration.ofSeconds(1))
            : new GracePeriod(LATER, Duration.ofMinutes(1));
    PlannedLeads planned = planned(written.text("dry-run"));
    return switch (written.text("asked-for", "changed")) {
      case "changed" -> Candidate.of(row, mapping, planned, grace);
      case "due" -> Candidate.due(row, mapping, planned, grace);
      case "active-again" -> {
        planned.lead(RECORD, LeadRow.of(row, mapping));
        planned.agreed(RECORD, AgreedValues.of(row.path("@known"), mapping));
        yield Candidate.planned(planned.reactivatedPending(), planned, grace);
      }
      default -> throw new IllegalArgumentException(written.name());
    };
  }

  private static PlannedLeads planned(String dryRun) {
    PlannedLeads planned = new PlannedLeads();
    switch (dryRun) {
      case "tries-again" -> planned.wake(RECORD);
      case "makes-active" -> planned.reactivate(RECORD);
      case "" -> {}
      default -> throw new IllegalArgumentException(dryRun);
    }
    return planned;
  }

  private static RecordPlan plan(Case written) {
    Map<String, @Nullable Object> decided = written.columns("decided");
    LeadRow lead = lead(decided, mapping(written));
    return new RecordPlan(
        RecordPlan.Kind.valueOf(String.valueOf(decided.get("kind")).toUpperCase(Locale.ROOT)),
        new IncomingRecord(RECORD, START, START, Map.of(), Map.of()),
        lead.values(),
        List.of(),
        lead.updatedAt(),
        AgreedValues.NONE,
        false,
        List.of(),
        Map.of(),
        List.of());
  }

  private static LeadRow lead(Map<String, @Nullable Object> columns, Mapping mapping) {
    return LeadRow.of(portal(columns, mapping).put("@updated", time(columns, "updated")), mapping);
  }

  private static ObjectNode row(Case written) {
    Mapping mapping = mapping(written);
    Map<String, @Nullable Object> lead = written.columns("lead");
    Map<String, @Nullable Object> agreed = written.columns("agreed");
    ObjectNode row = portal(lead, mapping);
    row.put("@client", "0e000000-0000-4000-8000-000000000001").put("@record", RECORD);
    row.put("@updated", time(lead, "updated"));
    row.put("@in_grace", Boolean.TRUE.equals(lead.get("in-grace")));
    ObjectNode known = row.putObject("@known");
    if (written.has("agreed")) {
      known.set("agreed", groups(agreed, mapping));
    }
    known.set("intent", groups(written.columns("sent"), mapping));
    known.put("pending", Boolean.TRUE.equals(agreed.get("pending")));
    row.set("@held", groups(written.columns("dead-letters"), mapping));
    row.set("@whole", whole(written));
    return row;
  }

  private static @Nullable JsonNode whole(Case written) {
    if (!written.has("failed")) {
      return null;
    }
    Case failed = written.part("failed", "due", "edited", "tried");
    ObjectNode whole = JSON.createObjectNode().put("due", failed.is("due"));
    if (failed.has("tried")) {
      whole.put("last_at", time(failed.entries(), "tried"));
    }
    if (failed.has("edited")) {
      whole.putObject("payload").put("updated_at", time(failed.entries(), "edited"));
    }
    return whole;
  }

  /** Every portal-owned column. */
  private static ObjectNode portal(Map<String, @Nullable Object> columns, Mapping mapping) {
    ObjectNode row = JSON.createObjectNode();
    mapping.groups().forEach(group -> row.setAll(group(columns, group)));
    return row;
  }

  /** The field groups of which a column is named. */
  private static ObjectNode groups(Map<String, @Nullable Object> columns, Mapping mapping) {
    columns.keySet().stream().filter(name -> !OWN.contains(name)).forEach(mapping::column);
    ObjectNode groups = JSON.createObjectNode();
    for (FieldGroup group : mapping.groups()) {
      if (group.fields().stream().anyMatch(field -> columns.containsKey(field.column()))) {
        groups.set(group.name(), group(columns, group));
      }
    }
    return groups;
  }

  private static ObjectNode group(Map<String, @Nullable Object> columns, FieldGroup group) {
    ObjectNode values = JSON.createObjectNode();
    group.fields().forEach(f -> values.set(f.column(), JSON.valueToTree(columns.get(f.column()))));
    return values;
  }

  private static String time(Map<String, @Nullable Object> of, String key) {
    return START.plusSeconds(Long.parseLong(String.valueOf(of.get(key)))).toString();
  }

  private static Mapping mapping(Case written) {
    String file = written.text("mapping", "planner-mapping.yaml");
    return MappingFile.read(
        file,
        Objects.requireNonNull(CandidateTest.class.getResourceAsStream("/scenarios/" + file)));
  }
}
