package io.reconciler.side.postgres.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of a lead the search of a sweep brings along. */
class CandidateStatementsTest extends WorldTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant TIME = Instant.parse("2026-03-29T01:02:03.450Z");

  @Test
  void a_lead_as_agreed_comes_without_its_values() {
    claimed();

    JsonNode lead = search(false);

    assertThat(lead.path("@same").asBoolean()).isTrue();
    assertThat(lead.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("@same", "@record", "@updated", "@waiting");
  }

  @ParameterizedTest
  @ValueSource(strings = {"claimed_by", "claimed_at", "notes"})
  void a_lead_that_the_portal_changed_comes_with_them(String column) {
    String id = claimed();
    Map<String, Object> others =
        Map.of("claimed_by", BOB, "claimed_at", World.at(TIME.plusMillis(1)), "notes", "other");
    world.portalEdit(id, Duration.ZERO, Map.of(column, others.get(column)));

    JsonNode lead = search(false);

    assertThat(lead.path("@same").asBoolean()).isFalse();
    assertThat(lead.has(column)).isTrue();
    assertThat(lead.path("@known").path("agreed").isEmpty()).isFalse();
  }

  @Test
  void a_lead_of_which_something_is_being_sent_comes_with_its_values() {
    claimed();
    world
        .jdbc()
        .sql("update reconciler.agreed_value set intent = jsonb_build_object('notes', '{}')")
        .update();

    assertThat(search(false).path("@same").asBoolean()).isFalse();
  }

  @Test
  void a_dry_run_which_may_plan_another_lead_gets_all_values() {
    claimed();

    JsonNode lead = search(true);

    assertThat(lead.has("notes")).isTrue();
    assertThat(lead.path("@same").asBoolean()).isFalse();
  }

  private String claimed() {
    String id =
        leads.create(
            Map.of(
                "Claimed By", ALICE.toString(), "Claimed At", TIME.toString(), "Notes", "a\nnote"));
    sync();
    return id;
  }

  private JsonNode search(boolean dryRun) {
    String sql =
        new LeadStatements(world.mapping())
            .byName()
            .get("everyPushCandidate")
            .replaceAll(":#\\$\\{body\\.(\\w+)}", ":$1");
    List<String> rows =
        world
            .jdbc()
            .sql(sql)
            .param("dryRun", dryRun)
            .param("grace", "60 seconds")
            .param("clientId", world.clientId())
            .param("after", "")
            .query(String.class)
            .list();
    assertThat(rows).hasSize(1);
    try {
      return JSON.readTree(rows.get(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
