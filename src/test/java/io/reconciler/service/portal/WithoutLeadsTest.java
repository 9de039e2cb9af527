package io.reconciler.service.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.program.boot.TestService;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.service.user.Role;
import io.reconciler.service.user.UserTable;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.TablesWorld;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service where no table is the leads: the portal's endpoints are not there. */
class WithoutLeadsTest {

  private static final String EMAIL = "admin@example.com";
  private static final String PEOPLE =
      """
      table: People
      base: appTablesWorld001
      postgres: {table: people, key: id, record_id: airtable_record_id}
      fields:
        - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
      """;
  private static final String LEAD = "/api/leads/00000000-0000-0000-0000-000000000001";

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void the_portals_endpoints_answer_404_and_the_others_as_ever() throws Exception {
    try (TablesWorld world =
            TablesWorld.open(
                folder,
                Map.of("people", PEOPLE),
                "create table people (id serial primary key, airtable_record_id text unique, name text)",
                Map.of("People", List.of(SandboxField.of("Name", "singleLineText"))));
        TestService service =
            TestService.start(
                world.settings(),
                world.mappings(),
                world.database(),
                Clock.systemUTC(),
                Map.of())) {
      new UserTable(world.jdbc()).add(EMAIL, ServiceWorld.passwordHash(), Role.SUPER_ADMIN, null);
      String login =
          "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(EMAIL, ServiceWorld.PASSWORD);
      String token =
          json(send(service, "POST", "/api/auth/login", "", login)).path("token").asText();

      for (String request :
          List.of(
              "GET /api/leads",
              "GET " + LEAD,
              "POST " + LEAD + "/claim",
              "POST " + LEAD + "/unclaim",
              "GET " + LEAD + "/notes",
              "POST " + LEAD + "/notes")) {
        String[] words = request.split(" ");
        HttpResponse<String> answer = send(service, words[0], words[1], token, "{\"note\":\"x\"}");
        assertThat(answer.statusCode()).as(request + answer.body()).isEqualTo(404);
        assertThat(json(answer).path("error").asText()).isNotEmpty();
      }
      HttpResponse<String> tables = send(service, "GET", "/api/admin/tables", token, "");
      assertThat(tables.statusCode()).isEqualTo(200);
      assertThat(tables.body()).contains("people");
    }
  }

  private HttpResponse<String> send(
      TestService service, String method, String path, String token, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
            .method(
                method,
                body.isEmpty() || method.equals("GET")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }
}
