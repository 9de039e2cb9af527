package io.reconciler.service.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The portal's endpoints, over HTTP, on a real PostgreSQL. */
class LeadsTest {

  private ServiceWorld service;
  private World world;
  private String record;
  private String lead;

  @BeforeEach
  void fresh() {
    service = ServiceWorld.shared();
    world = service.world();
    record = world.leads().create(Map.of("First Name", "Ada", "Email", "ada@example.com"));
    assertThat(world.sync().failure()).isNull();
    lead = String.valueOf(world.lead(record).get("id"));
  }

  private String user(String email, Role role) {
    return service.newToken(email, role, world.clientId());
  }

  private HttpResponse<String> post(String action, String token) {
    return service.send("POST", "/api/leads/" + lead + "/" + action, token, null);
  }

  private HttpResponse<String> note(String token, String text) {
    return service.send(
        "POST", "/api/leads/" + lead + "/notes", token, "{\"note\":\"" + text + "\"}");
  }

  private void age() {
    world.jdbc().sql("update leads set updated_at = now() - interval '1 hour'").update();
  }

  private boolean touched() {
    return world.count("select count(*) from leads where updated_at > now() - interval '1 minute'")
        > 0;
  }

  @Test
  void fields_that_nobody_knows_are_ignored() {
    String token = user("bo@example.com", Role.CLIENT_ADMIN);
    assertThat(
            service
                .send(
                    "POST",
                    "/api/leads/" + lead + "/notes",
                    token,
                    "{\"note\":\"called\",\"colour\":{\"is\":[\"red\"]}}")
                .statusCode())
        .isEqualTo(200);
    assertThat(String.valueOf(world.lead(record).get("notes"))).contains("called");
    assertThat(
            service
                .send(
                    "POST",
                    "/api/auth/login",
                    null,
                    "{\"email\":\"bo@example.com\",\"password\":\""
                        + ServiceWorld.PASSWORD
                        + "\",\"remember\":true}")
                .statusCode())
        .isEqualTo(200);
    String admin = service.newToken("root@example.com", Role.SUPER_ADMIN, null);
    HttpResponse<String> synced =
        service.send(
            "POST", "/api/admin/sync/delta", admin, "{\"sinceMinutes\":20,\"colour\":\"red\"}");
    assertThat(synced.statusCode()).as(synced.body()).isEqualTo(200);
  }

  @Test
  void a_lead_shows_its_columns_in_camel_case_and_times_in_utc() {
    world.portalEdit(
        record,
        Duration.ofMinutes(2),
        Map.of("booked_at", World.at(java.time.Instant.parse("2026-01-02T03:04:05.123456Z"))));

    JsonNode shown =
        ServiceWorld.json(
            service.send("GET", "/api/leads/" + lead, user("a@x.com", Role.CLIENT_USER), null));

    assertThat(shown.path("id").asText()).isEqualTo(lead);
    assertThat(shown.path("clientId").asText()).isEqualTo(world.clientId().toString());
    assertThat(shown.path("airtableRecordId").asText()).isEqualTo(record);
    assertThat(shown.path("firstName").asText()).isEqualTo("Ada");
    assertThat(shown.path("smsEligible").isBoolean()).isTrue();
    assertThat(shown.path("icpScore").isInt()).isTrue();
    assertThat(shown.path("bookedAt").asText()).isEqualTo("2026-01-02T03:04:05.123456Z");
    assertThat(shown.path("claimedBy").isNull()).isTrue();
    assertThat(shown.path("updatedAt").asText()).endsWith("Z");
    assertThat(shown.path("createdAt").asText()).endsWith("Z");
    assertThat(shown.size()).isEqualTo(6 + world.mapping().fields().size());
  }

  @Test
  void pages_bring_every_lead_once() {
    for (int i = 0; i < 6; i++) {
      world.leads().create(Map.of("First Name", "Lead " + i));
    }
    world.sync();
    String token = user("a@x.com", Role.CLIENT_USER);
    List<String> ids = new ArrayList<>();
    int pages = 0;
    String path = "/api/leads?limit=3";
    for (String next = path; next != null; pages++) {
      JsonNode page = ServiceWorld.json(service.send("GET", next, token, null));
      page.path("items").forEach(item -> ids.add(item.path("id").asText()));
      JsonNode cursor = page.path("nextCursor");
      next = cursor.isNull() ? null : path + "&cursor=" + cursor.asText();
    }
    assertThat(pages).isEqualTo(3);
    assertThat(ids).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void leads_are_searched_filtered_and_sorted_page_by_page() {
    for (int i = 0; i < 5; i++) {
      world
          .leads()
          .create(Map.of("First Name", "Zoe " + i, "Email", "z%d_x@y.example".formatted(i)));
    }
    world.sync();
    world
        .jdbc()
        .sql("update leads set updated_at = now() - interval '1 day' * length(email)")
        .update();
    world
        .jdbc()
        .sql("update leads set updated_at = now() + interval '1 hour' where email like 'z3%'")
        .update();
    String token = user("a@x.com", Role.CLIENT_USER);

    assertThat(names("/api/leads?limit=2&search=zoe", token)).hasSize(5);
    assertThat(names("/api/leads?limit=2&search=3_X@", token)).containsExactly("Zoe 3");
    assertThat(names("/api/leads?search=%25", token)).isEmpty();
    assertThat(names("/api/leads?limit=2&sort=-updatedAt&search=zoe", token))
        .hasSize(5)
        .doesNotHaveDuplicates()
        .startsWith("Zoe 3");
    assertThat(names("/api/leads?limit=2&sort=updatedAt&search=zoe", token))
        .hasSize(5)
        .endsWith("Zoe 3");
    service.send("POST", "/api/leads/" + lead + "/claim", token, null);
    assertThat(names("/api/leads?claimed=me", token)).containsExactly("Ada");
    assertThat(names("/api/leads?claimed=true", token)).containsExactly("Ada");
    assertThat(names("/api/leads?limit=2&claimed=false&sort=createdAt", token)).hasSize(5);
    for (String bad :
        List.of("claimed=maybe", "sort=email", "sort=-id", "search=" + "x".repeat(201))) {
      assertThat(service.send("GET", "/api/leads?" + bad, token, null).statusCode())
          .as(bad)
          .isEqualTo(400);
    }
    String plain =
        ServiceWorld.json(service.send("GET", "/api/leads?limit=1", token, null))
            .path("nextCursor")
            .asText();
    assertThat(
            service
                .send("GET", "/api/leads?sort=updatedAt&cursor=" + plain, token, null)
                .statusCode())
        .isEqualTo(400);
  }

  private List<String> names(String path, String token) {
    List<String> names = new ArrayList<>();
    for (String next = path; next != null; ) {
      JsonNode page = ServiceWorld.json(service.send("GET", next, token, null));
      page.path("items").forEach(item -> names.add(item.path("firstName").asText()));
      JsonNode cursor = page.path("nextCursor");
      next = cursor.isNull() ? null : path + "&cursor=" + cursor.asText();
    }
    return names;
  }

  @Test
  void a_user_sees_and_touches_only_the_own_clients_leads() {
    UUID other = world.addClient("appOther00000001x");
    String stranger = service.newToken("s@x.com", Role.CLIENT_ADMIN, other);
    String nobody = service.newToken("n@x.com", Role.CLIENT_ADMIN, null);
    String admin = service.newToken("admin@x.com", Role.SUPER_ADMIN, null);
    age();
    for (String token : List.of(stranger, nobody)) {
      JsonNode list = ServiceWorld.json(service.send("GET", "/api/leads", token, null));
      assertThat(list.path("items")).isEmpty();
      assertThat(service.send("GET", "/api/leads/" + lead, token, null).statusCode())
          .isEqualTo(404);
      assertThat(service.send("GET", "/api/leads/" + lead + "/notes", token, null).statusCode())
          .isEqualTo(404);
      assertThat(post("claim", token).statusCode()).isEqualTo(404);
      assertThat(post("unclaim", token).statusCode()).isEqualTo(404);
      assertThat(note(token, "x").statusCode()).isEqualTo(404);
    }
    assertThat(touched()).isFalse();
    assertThat(service.send("GET", "/api/leads/" + lead, admin, null).statusCode()).isEqualTo(200);
  }

  @Test
  void a_claim_sets_user_and_times_and_a_second_one_of_the_same_user_changes_nothing() {
    UUID id = service.addUser("ann@x.com", Role.CLIENT_USER, world.clientId());
    String ann = service.token("ann@x.com");
    age();

    HttpResponse<String> claimed = post("claim", ann);

    assertThat(claimed.statusCode()).isEqualTo(200);
    JsonNode shown = ServiceWorld.json(claimed).path("lead");
    assertThat(shown.path("claimedBy").asText()).isEqualTo(id.toString());
    assertThat(shown.path("claimedAt").asText()).isEqualTo(shown.path("updatedAt").asText());
    assertThat(touched()).isTrue();

    age();
    HttpResponse<String> again = post("claim", ann);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(ServiceWorld.json(again).path("lead").path("claimedAt"))
        .isEqualTo(shown.path("claimedAt"));
    assertThat(touched()).isFalse();
  }

  @Test
  void who_holds_a_lead_or_an_administrator_gives_it_back() {
    String ann = user("ann@x.com", Role.CLIENT_USER);
    String bob = user("bob@x.com", Role.CLIENT_USER);
    String boss = user("boss@x.com", Role.CLIENT_ADMIN);
    post("claim", ann);
    age();

    HttpResponse<String> taken = post("claim", bob);
    HttpResponse<String> refused = post("unclaim", bob);

    assertThat(taken.statusCode()).isEqualTo(409);
    assertThat(ServiceWorld.json(taken).path("error").asText()).isEqualTo("Conflict");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(ServiceWorld.json(refused).path("error").asText())
        .isEqualTo("Forbidden - CLIENT_ADMIN or SUPER_ADMIN access required");
    assertThat(touched()).isFalse();

    JsonNode freed = ServiceWorld.json(post("unclaim", boss)).path("lead");
    assertThat(freed.path("claimedBy").isNull()).isTrue();
    assertThat(freed.path("claimedAt").isNull()).isTrue();
    assertThat(touched()).isTrue();
    age();
    assertThat(post("unclaim", bob).statusCode()).isEqualTo(200);
    assertThat(touched()).isFalse();
  }

  @Test
  void of_20_claims_at_once_one_wins() throws Exception {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tokens.add(user("user" + i + "@x.com", Role.CLIENT_USER));
    }
    ExecutorService threads = Executors.newFixedThreadPool(20);
    CyclicBarrier start = new CyclicBarrier(20);
    try {
      List<Future<Integer>> claims = new ArrayList<>();
      for (String token : tokens) {
        claims.add(
            threads.submit(
                () -> {
                  start.await();
                  return post("claim", token).statusCode();
                }));
      }
      List<Integer> codes = new ArrayList<>();
      for (Future<Integer> claim : claims) {
        codes.add(claim.get());
      }
      assertThat(codes).containsOnly(200, 409).containsOnlyOnce(200);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void notes_are_appended_and_read_back_entry_by_entry() {
    String ann = user("ann@x.com", Role.CLIENT_USER);
    world
        .jdbc()
        .sql("update users set first_name = 'Ann', last_name = 'Lee' where email = 'ann@x.com'")
        .update();
    world.jdbc().sql("update leads set notes = 'from before'").update();
    age();

    HttpResponse<String> added = note(ann, "  called\\nback soon \\u00e4 ");

    JsonNode answer = ServiceWorld.json(added);
    assertThat(added.statusCode()).isEqualTo(200);
    assertThat(answer.path("success").asBoolean()).isTrue();
    assertThat(answer.path("notes").asText())
        .matches("from before\n\\[20\\S+Z\\] Ann Lee: called\nback soon ä");
    assertThat(answer.path("lead").path("notes")).isEqualTo(answer.path("notes"));
    assertThat(touched()).isTrue();

    JsonNode notes =
        ServiceWorld.json(service.send("GET", "/api/leads/" + lead + "/notes", ann, null));
    assertThat(notes).hasSize(2);
    assertThat(notes.get(0).path("timestamp").isNull()).isTrue();
    assertThat(notes.get(0).path("user").asText()).isEmpty();
    assertThat(notes.get(0).path("content").asText()).isEqualTo("from before");
    assertThat(notes.get(1).path("timestamp").asText()).startsWith("20").endsWith("Z");
    assertThat(notes.get(1).path("user").asText()).isEqualTo("Ann Lee");
    assertThat(notes.get(1).path("content").asText()).isEqualTo("called\nback soon ä");
    assertThat(notes.get(1).path("type").asText()).isEqualTo("General");
  }

  @Test
  void notes_that_can_not_be_kept_are_400_and_change_nothing() {
    String ann = user("ann@x.com", Role.CLIENT_USER);
    age();
    for (String text :
        List.of("", " \\n ", "\\u00a0", "\\u200b", "a\\u0000b", "\\ud83d", "x".repeat(10_001))) {
      assertThat(note(ann, text).statusCode()).isEqualTo(400);
    }
    assertThat(
            service.send("POST", "/api/leads/" + lead + "/notes", ann, "{\"note\":1}").statusCode())
        .isEqualTo(400);
    assertThat(touched()).isFalse();
  }

  @Test
  void a_lead_whose_record_is_gone_takes_no_change_and_says_why() {
    String ann = user("ann@x.com", Role.CLIENT_ADMIN);
    post("claim", ann);
    world.jdbc().sql("update leads set is_active = false").update();
    age();

    for (HttpResponse<String> answer :
        List.of(post("claim", ann), post("unclaim", ann), note(ann, "called"))) {
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("gone from Airtable");
    }
    assertThat(post("claim", user("bo@x.com", Role.CLIENT_USER)).statusCode()).isEqualTo(409);
    assertThat(touched()).isFalse();
    world.jdbc().sql("update leads set claimed_by = null, claimed_at = null").update();
    age();
    assertThat(post("claim", ann).statusCode()).isEqualTo(409);
    assertThat(post("unclaim", ann).statusCode()).isEqualTo(409);
    assertThat(touched()).isFalse();
    assertThat(world.lead(record).get("claimed_by")).isNull();
  }

  @Test
  void a_claim_and_a_note_reach_airtable_with_the_next_runs() {
    UUID id = service.addUser("ann@x.com", Role.CLIENT_USER, world.clientId());
    String ann = service.token("ann@x.com");
    post("claim", ann);
    note(ann, "called");
    world.jdbc().sql("update leads set updated_at = now() - interval '61 seconds'").update();

    RunResult result = world.sync();

    assertThat(result.stage2().updated()).isEqualTo(1);
    assertThat(world.leads().cells(record).get("Claimed By").asText()).isEqualTo(id.toString());
    assertThat(world.leads().cells(record).get("Notes").asText()).endsWith("ann@x.com: called");
  }
}
