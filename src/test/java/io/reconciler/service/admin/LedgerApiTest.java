package io.reconciler.service.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.engine.run.RunResult;
import io.reconciler.service.user.Role;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledgers over HTTP: looking at them, and settling what is in them. */
class LedgerApiTest {

  private static final UUID ALICE = UUID.fromString("11111111-2222-3333-4444-555555555555");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOBODY = "11111111-2222-3333-4444-555555555555";

  private ServiceWorld service;
  private World world;
  private String admin;

  @BeforeEach
  void fresh() {
    service = ServiceWorld.shared();
    world = service.world();
    admin = service.newToken("admin@example.com", Role.SUPER_ADMIN, null);
  }

  private JsonNode get(String path) {
    HttpResponse<String> answer = service.send("GET", "/api/admin/" + path, admin, null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ServiceWorld.json(answer);
  }

  private HttpResponse<String> post(String path) {
    return service.send("POST", "/api/admin/" + path, admin, null);
  }

  /** A conflict over a claim that Airtable won. */
  private String conflict() {
    String record = world.leads().create(Map.of("First Name", "Ada"));
    world.sync();
    world.portalEdit(record, Duration.ofMinutes(5), Map.of("claimed_by", ALICE));
    world.leads().update(record, Map.of("Claimed By", UUID.randomUUID().toString()));
    world.sync();
    return record;
  }

  private void deadLetter() {
    world.leads().create(Map.of("First Name", "Ada", "Claimed By", "somebody"));
    world.sync();
  }

  @Test
  void a_run_is_the_object_of_sync_json() throws Exception {
    RunResult result = world.sync();
    String id = result.runId().toString();
    JsonNode item = get("runs").path("items").get(0);
    assertThat(item.path("runId").asText()).isEqualTo(id);
    assertThat(item).isEqualTo(get("runs/" + id));
    assertThat(item).isEqualTo(JSON.readTree(JSON.writeValueAsString(result)));
    assertThat(item.has("outcome")).isFalse();
    assertThat(service.send("GET", "/api/admin/runs/" + NOBODY, admin, null).statusCode())
        .isEqualTo(404);
    assertThat(service.send("GET", "/api/admin/runs/1", admin, null).statusCode()).isEqualTo(400);
  }

  @Test
  void the_mapped_tables_are_listed() {
    world.leads().create(Map.of("First Name", "Ada"));
    world.fullSync();

    JsonNode table = get("tables").path("items").get(0);

    assertThat(table.path("name").asText()).isEqualTo("leads");
    assertThat(table.path("rows").asLong()).isOne();
    assertThat(table.path("fields").path("portal").asLong()).isEqualTo(3);
    assertThat(table.path("lastPulled").isTextual()).isTrue();
  }

  @Test
  void pages_of_runs_bring_each_once_and_the_last_says_so() {
    for (int i = 0; i < 4; i++) {
      world.sync();
    }
    List<String> ids = new ArrayList<>();
    JsonNode first = get("runs?limit=2");
    first.path("items").forEach(item -> ids.add(item.path("runId").asText()));
    JsonNode second = get("runs?limit=2&cursor=" + first.path("nextCursor").asText());
    second.path("items").forEach(item -> ids.add(item.path("runId").asText()));
    assertThat(ids).hasSize(4).doesNotHaveDuplicates();
    assertThat(second.path("nextCursor").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runs?cursor=AAAA",
        "runs?cursor=%20",
        "clients?cursor=AAAA",
        "clients?cursor=*",
        "conflicts?limit=501",
        "dead-letters?limit=-1",
        "clients?limit=1.5",
        "conflicts?all=yes",
        "conflicts?winner=both",
        "conflicts?group=clam",
        "dead-letters?field=claimed",
        "dead-letters?since=soon",
        "dead-letters?run=xyz",
        "dead-letters?colour=red",
        "runs?group=claim",
        "clients?limits=1",
        "runs?%00=1",
        "runs/" + NOBODY + "?limit=1"
      })
  void a_page_that_makes_no_sense_is_400(String path) {
    assertThat(service.send("GET", "/api/admin/" + path, admin, null).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conflicts?group=a%00b",
        "conflicts?field=%00",
        "conflicts?reason=a%00",
        "dead-letters?group=%00",
        "dead-letters?field=a%00b",
        "dead-letters?reason=%00a",
        "conflicts?winner=%00",
        "conflicts?group=claim&group=%00",
        "runs?limit=1%00"
      })
  void a_parameter_that_no_text_of_the_database_can_be_is_400(String path) {
    HttpResponse<String> answer = service.send("GET", "/api/admin/" + path, admin, null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(ServiceWorld.json(answer).path("error").asText()).isEqualTo("Bad request");
    assertThat(ServiceWorld.json(answer).path("details").asText())
        .isEqualTo("a parameter must not hold a NUL character");
  }

  @Test
  void an_unknown_parameter_is_named_with_those_there_are() {
    HttpResponse<String> answer = service.send("GET", "/api/admin/runs?colour=red", admin, null);
    assertThat(ServiceWorld.json(answer).path("details").asText())
        .contains("colour", "limit, cursor");
    assertThat(service.send("GET", "/api/leads?serch=ann", admin, null).statusCode())
        .isEqualTo(400);
  }

  @Test
  void ledgers_are_filtered_as_on_the_command_line() {
    conflict();
    deadLetter();
    String base = "&client=" + world.baseId();
    assertThat(get("conflicts?group=claim&winner=airtable" + base).path("items")).hasSize(1);
    assertThat(get("conflicts?group=notes").path("items")).isEmpty();
    assertThat(get("dead-letters?field=Claimed%20By&reason=uuid&since=1h").path("items"))
        .hasSize(1);
    assertThat(get("dead-letters?field=booked_at").path("items")).isEmpty();
  }

  @Test
  void clients_are_listed_with_their_latest_run() {
    world.sync();
    world.addClient("appZecond0000001x");
    JsonNode page = get("clients?limit=1");
    JsonNode client = page.path("items").get(0);
    assertThat(client.path("id").asText()).isEqualTo(world.clientId().toString());
    assertThat(client.path("airtableBaseId").asText()).isEqualTo(world.baseId());
    assertThat(client.path("isActive").asBoolean()).isTrue();
    assertThat(client.path("lastRunAt").asText()).endsWith("Z");
    assertThat(get("clients?cursor=" + page.path("nextCursor").asText()).path("items")).hasSize(1);
  }

  @Test
  void applying_a_conflict_brings_the_losing_value_to_both_sides() {
    String record = conflict();
    JsonNode entry = get("conflicts").path("items").get(0);
    assertThat(entry.path("winner").asText()).isEqualTo("airtable");

    HttpResponse<String> answer = post("conflicts/" + entry.path("id").asText() + "/apply");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(ServiceWorld.json(answer).path("status").asText()).isEqualTo("done");
    assertThat(world.leads().cells(record).get("Claimed By").asText()).isEqualTo(ALICE.toString());
    assertThat(world.lead(record)).containsEntry("claimed_by", ALICE);
    assertThat(get("conflicts").path("items")).isEmpty();
    JsonNode settled = get("conflicts?all=true").path("items").get(0);
    assertThat(settled.path("settledBy").asText()).isEqualTo("admin@example.com");
    HttpResponse<String> again = post("conflicts/" + entry.path("id").asText() + "/apply");
    assertThat(ServiceWorld.json(again).path("status").asText()).isEqualTo("settled-before");
  }

  @Test
  void a_conflict_whose_sides_have_moved_on_is_409_with_their_values() {
    String record = conflict();
    String id = get("conflicts").path("items").get(0).path("id").asText();
    world.leads().update(record, Map.of("Claimed By", NOBODY));
    HttpResponse<String> answer = post("conflicts/" + id + "/apply");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(ServiceWorld.json(answer).path("details").asText()).contains(NOBODY);
    assertThat(post("conflicts/" + id + "/dismiss").statusCode()).isEqualTo(200);
    assertThat(get("conflicts").path("items")).isEmpty();
  }

  @Test
  void a_dead_letter_is_retried_and_discarded() {
    deadLetter();
    JsonNode entry = get("dead-letters").path("items").get(0);
    String id = entry.path("id").asText();
    assertThat(entry.path("field").asText()).isEqualTo("claimed_by");

    HttpResponse<String> failed = post("dead-letters/" + id + "/retry");
    assertThat(failed.statusCode()).isEqualTo(200);
    assertThat(ServiceWorld.json(failed).path("status").asText()).isEqualTo("failed");
    HttpResponse<String> given = post("dead-letters/" + id + "/discard");
    assertThat(ServiceWorld.json(given).path("status").asText()).isEqualTo("done");
    assertThat(get("dead-letters").path("items")).isEmpty();
    assertThat(get("dead-letters?all=true").path("items")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conflicts/%s/apply",
        "conflicts/%s/dismiss",
        "dead-letters/%s/retry",
        "dead-letters/%s/discard"
      })
  void an_entry_that_is_not_there_is_404_and_an_id_that_is_none_400(String path) {
    assertThat(post(path.formatted(NOBODY)).statusCode()).isEqualTo(404);
    assertThat(post(path.formatted("none")).statusCode()).isEqualTo(400);
  }

  @Test
  void a_body_with_a_text_that_the_database_cannot_hold_is_400_and_settles_nothing() {
    conflict();
    String id = get("conflicts").path("items").get(0).path("id").asText();
    for (String value : List.of("airtable\\u0000", "\\ud83d")) {
      HttpResponse<String> answer =
          service.send(
              "POST",
              "/api/admin/conflicts/" + id + "/apply",
              admin,
              "{\"value\":\"" + value + "\"}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    }
    assertThat(get("conflicts").path("items")).hasSize(1);
  }
}
