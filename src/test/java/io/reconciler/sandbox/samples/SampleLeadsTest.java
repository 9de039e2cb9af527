package io.reconciler.sandbox.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.reconciler.sandbox.SandboxTestBase;
import io.reconciler.sandbox.table.SandboxTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SampleLeadsTest extends SandboxTestBase {

  private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");
  private static final List<String[]> FIELDS =
      List.of(
          new String[] {"First Name", "singleLineText"},
          new String[] {"Email", "email"},
          new String[] {"Phone", "phoneNumber"},
          new String[] {"ICP Score", "number"},
          new String[] {"Claimed By", "singleLineText"},
          new String[] {"Claimed At", "dateTime"},
          new String[] {"Notes", "multilineText"},
          new String[] {"Engagement - Level", "singleSelect"},
          new String[] {"Something Else", "url"});

  private SandboxTable filled(String name, long seed) {
    SandboxTable leads = base.addTable(name, SampleLeads.fields(FIELDS, "Last Modified Time"));
    SampleLeads.fill(leads, 200, seed, NOW);
    return leads;
  }

  private static List<Map<String, JsonNode>> cells(SandboxTable leads) {
    return leads.ids().stream().map(leads::cells).toList();
  }

  private static JsonNode cell(Map<String, JsonNode> lead, String field) {
    return lead.getOrDefault(field, MissingNode.getInstance());
  }

  @Test
  void the_same_seed_gives_the_same_leads() {
    List<Map<String, JsonNode>> first = cells(filled("One", 7));

    assertThat(cells(filled("Two", 7))).isEqualTo(first);
    assertThat(cells(filled("Three", 8))).isNotEqualTo(first);
  }

  @Test
  void leads_are_plausible_and_harmless() {
    assertThat(cells(filled("Fictional", 7)))
        .hasSize(200)
        .allSatisfy(
            lead -> {
              assertThat(cell(lead, "Email").asText()).endsWith("@example.com");
              assertThat(cell(lead, "Phone").asText()).matches("\\+1 \\d{3} 555 01\\d\\d");
              assertThat(cell(lead, "ICP Score").isIntegralNumber()).isTrue();
              assertThat(cell(lead, "Engagement - Level").asText())
                  .isIn("Green", "Yellow", "Red", "");
              assertThat(cell(lead, "Something Else").asText()).contains("example.com");
            });
  }

  @Test
  void a_claim_has_a_claimer_and_a_time_or_neither() {
    List<Map<String, JsonNode>> claimed =
        cells(filled("Claims", 7)).stream().filter(lead -> lead.containsKey("Claimed By")).toList();

    assertThat(claimed)
        .hasSizeBetween(10, 100)
        .allSatisfy(
            lead -> {
              String id = cell(lead, "Claimed By").asText();
              assertThat(UUID.fromString(id)).hasToString(id);
              assertThat(Instant.parse(cell(lead, "Claimed At").asText())).isBefore(NOW);
            });
    assertThat(cells(base.table("Claims")))
        .allMatch(lead -> lead.containsKey("Claimed By") == lead.containsKey("Claimed At"));
  }

  @Test
  void some_leads_have_notes_and_all_times_lie_in_the_last_90_days() {
    SandboxTable leads = filled("Times", 7);

    assertThat(cells(leads)).anyMatch(lead -> lead.containsKey("Notes"));
    assertThat(leads.ids())
        .allSatisfy(
            id ->
                assertThat(leads.modified(id))
                    .isBetween(NOW.minus(Duration.ofDays(91)), NOW.minus(Duration.ofMinutes(59))));
  }
}
