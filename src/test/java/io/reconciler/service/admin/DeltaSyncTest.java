package io.reconciler.service.admin;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.reconciler.service.user.Role;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trigger, over HTTP, with real runs. */
class DeltaSyncTest {

  private static final String PATH = "/api/admin/sync/delta";

  private ServiceWorld service;
  private World world;
  private String admin;

  @BeforeEach
  void fresh() {
    service = ServiceWorld.shared();
    world = service.world();
    admin = service.newToken("admin@example.com", Role.SUPER_ADMIN, null);
  }

  private HttpResponse<String> trigger(String body) {
    return service.send("POST", PATH, admin, body);
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void the_answer_has_the_fields_of_the_requirements_and_one_entry_a_client() {
    String second = "appSecond0000001x";
    world.addClient(second);
    world.addTable(second).create(Map.of("First Name", "Bob"));
    world.leads().create(Map.of("First Name", "Ada", "Claimed By", "nobody"));

    HttpResponse<String> answer = trigger("{\"minutes\":45,\"more\":\"ignored\"}");

    JsonNode body = ServiceWorld.json(answer);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(names(body))
        .containsExactly(
            "success", "triggeredBy", "minutes", "duration", "results", "message", "clients");
    assertThat(body.path("success").asBoolean()).isTrue();
    assertThat(body.path("triggeredBy").asText()).isEqualTo("admin@example.com");
    assertThat(body.path("minutes").asInt()).isEqualTo(45);
    assertThat(body.path("duration").asText()).matches("[0-9]+\\.[0-9]{2}s");
    assertThat(body.path("results").toString())
        .isEqualTo(
            "{\"stage1\":{\"processed\":2,\"errors\":1,\"description\":\"Airtable → PostgreSQL\"},"
                + "\"stage2\":{\"updated\":0,\"skipped\":0,\"errors\":0,"
                + "\"description\":\"PostgreSQL → Airtable\"}}");
    assertThat(body.path("message").asText())
        .isEqualTo("Delta sync complete: Stage 1 processed 2 leads, Stage 2 updated 0 leads");
    assertThat(body.path("clients")).hasSize(2);
    assertThat(body.path("clients").findValuesAsText("baseId"))
        .containsExactlyInAnyOrder(world.baseId(), second);
    assertThat(body.path("clients").findValuesAsText("trigger")).containsOnly("api");
    assertThat(
            world.count(
                "select count(*) from reconciler.run where requester = 'admin@example.com'"))
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"minutes\":null}", "{\"minutes\":20}", "{\"minutes\":20.0}"})
  void without_minutes_it_is_20(String body) {
    HttpResponse<String> answer = trigger(body.isEmpty() ? null : body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(ServiceWorld.json(answer).path("minutes").asInt()).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "1441", "1.5", "\"20\"", "true", "[]", "{}", "1e400", "99999999999999"})
  void minutes_that_are_none_are_400_and_nothing_runs(String minutes) {
    HttpResponse<String> answer = trigger("{\"minutes\":" + minutes + "}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(ServiceWorld.json(answer).path("error").asText())
        .isEqualTo("Invalid minutes parameter");
    assertThat(world.count("select count(*) from reconciler.run")).isZero();
  }

  @Test
  void one_client_can_be_named_by_its_base() {
    world.addClient("appSecond0000001x");
    HttpResponse<String> answer = trigger("{\"client\":\"" + world.baseId() + "\"}");
    assertThat(ServiceWorld.json(answer).path("clients").findValuesAsText("baseId"))
        .containsExactly(world.baseId());
    assertThat(trigger("{\"client\":\"appNobody0000001x\"}").statusCode()).isEqualTo(404);
    assertThat(trigger("{\"client\":7}").statusCode()).isEqualTo(400);
    assertThat(trigger("{\"client\":\"app\\u0000\"}").statusCode()).isEqualTo(400);
    assertThat(trigger("{\"client\":\"app\\ud83d\"}").statusCode()).isBetween(400, 404);
  }

  @Test
  void a_first_run_over_filled_tables_is_stopped_and_goes_on_when_told_whose_values_count() {
    for (int n = 0; n < 12; n++) {
      String id = world.leads().create(Map.of("Notes", "Airtable " + n));
      world
          .jdbc()
          .sql(
              "insert into leads (id, client_id, airtable_record_id, notes, created_at, updated_at)"
                  + " values (gen_random_uuid(), ?, ?, 'portal', now(), now() - interval '1 hour')")
          .params(world.clientId(), id)
          .update();
    }

    HttpResponse<String> stopped = trigger("{}");
    HttpResponse<String> wrong = trigger("{\"first\":\"mine\"}");
    HttpResponse<String> told = trigger("{\"first\":\"airtable\"}");

    assertThat(stopped.statusCode()).isEqualTo(500);
    assertThat(ServiceWorld.json(stopped).path("details").asText())
        .contains("12 of 12 leads differ", "--first airtable");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
    assertThat(world.count("select count(*) from leads where notes like 'Airtable %'"))
        .isEqualTo(12);
  }

  @Test
  void without_an_active_client_it_is_500_as_in_the_requirements() {
    world.jdbc().sql("update clients set is_active = false").update();
    HttpResponse<String> answer = trigger("{}");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":\"Delta sync failed\",\"details\":\"No active client found in database\"}");
  }

  @Test
  void a_run_that_fails_is_500_with_client_and_reason_while_the_others_go_on() {
    world.addClient("appNoTable000001x");
    world.leads().create(Map.of("First Name", "Ada"));
    HttpResponse<String> answer = trigger("{}");
    assertThat(answer.statusCode()).isEqualTo(500);
    JsonNode body = ServiceWorld.json(answer);
    assertThat(body.path("error").asText()).isEqualTo("Delta sync failed");
    assertThat(body.path("details").asText()).startsWith("Client appNoTable000001x: ");
    assertThat(world.count("select count(*) from leads")).isEqualTo(1);
  }

  @Test
  void while_a_run_is_active_it_is_409_and_no_other_client_is_touched() throws SQLException {
    world.addClient("appAfterwards001x");
    try (Connection connection = world.database().getConnection();
        var lock =
            connection.prepareStatement(
                "select pg_advisory_lock(hashtextextended('reconciler client ' || ?, 0))");
        var unlock = connection.prepareStatement("select pg_advisory_unlock_all()")) {
      lock.setString(1, world.clientId().toString());
      lock.execute();
      HttpResponse<String> answer = trigger("{}");
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(ServiceWorld.json(answer).path("details").asText()).contains(world.baseId());
      unlock.execute();
    }
    assertThat(world.count("select count(*) from reconciler.run")).isZero();
  }

  @Test
  void a_client_that_goes_away_does_not_cancel_its_run() throws Exception {
    CountDownLatch listed = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    world.leads().create(Map.of("First Name", "Ada"));
    world
        .sandbox()
        .beforePage(
            1,
            () -> {
              listed.countDown();
              await(gone);
            });
    try (Socket socket = new Socket("127.0.0.1", service.service().port())) {
      send(socket.getOutputStream());
      assertThat(listed.await(PatientWaits.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(trigger("{}").statusCode()).isEqualTo(409);
    }
    gone.countDown();
    Awaitility.await()
        .until(
            () ->
                world.count("select count(*) from reconciler.run where outcome = 'succeeded'")
                    == 1);
    assertThat(world.count("select count(*) from leads")).isEqualTo(1);
  }

  private void send(OutputStream out) throws IOException {
    String request =
        "POST "
            + PATH
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + admin
            + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(PatientWaits.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void nothing_of_the_request_reaches_airtable() {
    WireMockServer airtable = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    airtable.start();
    airtable.stubFor(any(anyUrl()).willReturn(okJson("{\"records\":[]}")));
    try (ServiceWorld own =
        ServiceWorld.open(
            Clock.systemUTC(), Map.of(), Map.of("AIRTABLE_API_URL", airtable.baseUrl()))) {
      String token = own.newToken("admin@example.com", Role.SUPER_ADMIN, null);
      HttpResponse<String> answer =
          own.send(
              own.request("POST", PATH, token, "{\"note\":\"secret body\"}")
                  .header("X-Custom", "secret header")
                  .header("Cookie", "a=secret")
                  .header("CamelHttpUri", "http://127.0.0.1:1/")
                  .header("CamelHttpPath", "/secret")
                  .build());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(airtable.getAllServeEvents()).isNotEmpty();
      assertThat(airtable.getAllServeEvents())
          .allSatisfy(
              event ->
                  assertThat(event.getRequest().toString())
                      .doesNotContain("secret", token)
                      .contains("patTestTestTest.test"));
    } finally {
      airtable.stop();
    }
  }
}
