package io.reconciler.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.reconciler.service.user.Passwords;
import io.reconciler.service.user.Role;
import io.reconciler.service.user.UserTable;
import io.reconciler.world.ServiceWorld;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, over HTTP. */
class SecurityTest {

  private ServiceWorld service;
  private String admin;
  private int issuedIn;
  private UUID adminId;

  @BeforeEach
  void fresh() {
    service = ServiceWorld.shared();
    adminId = service.addUser("ann@example.com", Role.SUPER_ADMIN, null);
    admin = service.token("ann@example.com");
  }

  private void assertError(HttpResponse<String> answer, int status, String error) {
    JsonNode body = ServiceWorld.json(answer);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(body.path("error").asText()).isEqualTo(error);
    assertThat(body.path("details").asText()).isNotBlank();
    assertThat(body.size()).isEqualTo(2);
    assertThat(answer.body()).doesNotContain("Exception", "at io.", "at org.");
  }

  @Test
  void a_token_says_who_it_is_for_and_until_when() throws ParseException {
    UUID client = service.world().clientId();
    service.addUser("bob@example.com", Role.CLIENT_USER, client);
    HttpResponse<String> answer =
        service.send(
            "POST",
            "/api/auth/login",
            null,
            "{\"email\":\"bob@example.com\",\"password\":\"" + ServiceWorld.PASSWORD + "\"}");

    JsonNode body = ServiceWorld.json(answer);
    SignedJWT token = SignedJWT.parse(body.path("token").asText());
    assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.HS256);
    assertThat(token.getJWTClaimsSet().getStringClaim("email")).isEqualTo("bob@example.com");
    assertThat(token.getJWTClaimsSet().getStringClaim("role")).isEqualTo("CLIENT_USER");
    assertThat(token.getJWTClaimsSet().getStringClaim("client_id")).isEqualTo(client.toString());
    assertThat(UUID.fromString(token.getJWTClaimsSet().getSubject())).isNotEqualTo(adminId);
    assertThat(body.path("role").asText()).isEqualTo("CLIENT_USER");
    assertThat(Instant.parse(body.path("expiresAt").asText()))
        .isEqualTo(token.getJWTClaimsSet().getExpirationTime().toInstant())
        .isAfter(Instant.now());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/leads",
        "/api/openapi.json",
        "/api/admin/runs",
        "/api/nothing",
        "/api",
        "/api/auth/logout"
      })
  void without_a_token_every_path_is_401(String path) {
    for (String method : new String[] {"GET", "POST", "PUT", "DELETE"}) {
      assertError(service.send(method, path, null, null), 401, "Unauthorized");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS", "HEAD"})
  void to_sign_in_is_a_post_with_a_token_or_without(String method) {
    for (String token : new String[] {admin, null}) {
      HttpResponse<String> answer = service.send(method, "/api/auth/login", token, null);
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
      if (!method.equals("HEAD")) {
        assertError(answer, 405, "Method not allowed");
        assertThat(answer.body()).contains("allowed here: POST");
      }
    }
  }

  @Test
  void every_bad_token_gets_the_same_answer() throws Exception {
    String none = new PlainJWT(claims("reconciler", "reconciler", 600)).serialize();
    String[] bad = {
      admin.substring(0, admin.length() - 4),
      admin.substring(0, 40),
      "nonsense",
      none,
      signed("reconciler", "another", 600, ServiceWorld.SECRET),
      signed("another", "reconciler", 600, ServiceWorld.SECRET),
      signed("reconciler", "reconciler", -1, ServiceWorld.SECRET),
      signed("reconciler", "reconciler", 10 * 365 * 86_400, ServiceWorld.SECRET),
      fromTheFuture(),
      signed("reconciler", "reconciler", 600, "another secret, just as long as ours"),
    };
    String missing = service.send("GET", "/api/leads", null, null).body();
    for (String token : bad) {
      HttpResponse<String> answer = service.send("GET", "/api/leads", token, null);
      assertError(answer, 401, "Unauthorized");
      assertThat(answer.body()).isEqualTo(missing);
    }
    String good = signed("reconciler", "reconciler", 600, ServiceWorld.SECRET);
    assertThat(service.send("GET", "/api/leads", good, null).statusCode()).isEqualTo(200);
  }

  private String fromTheFuture() throws Exception {
    issuedIn = 120;
    String token = signed("reconciler", "reconciler", 600, ServiceWorld.SECRET);
    issuedIn = 0;
    return token;
  }

  @Test
  void another_password_role_or_deactivation_ends_every_token() {
    UserTable users = new UserTable(service.world().jdbc());
    users.setPassword("ann@example.com", new Passwords().hash(ServiceWorld.PASSWORD));
    assertError(service.send("GET", "/api/leads", admin, null), 401, "Unauthorized");
    String second = service.token("ann@example.com");
    users.setRole("ann@example.com", Role.CLIENT_USER);
    assertError(service.send("GET", "/api/leads", second, null), 401, "Unauthorized");
    String third = service.token("ann@example.com");
    users.setActive("ann@example.com", false);
    users.setActive("ann@example.com", true);
    assertError(service.send("GET", "/api/leads", third, null), 401, "Unauthorized");
    assertThat(service.token("ann@example.com")).contains(".");
  }

  @Test
  void a_password_changed_by_the_portal_ends_every_token_too() {
    service.world().jdbc().sql("update users set password_hash = 'x'").update();
    assertError(service.send("GET", "/api/leads", admin, null), 401, "Unauthorized");
  }

  @Test
  void users_of_a_deactivated_client_are_out_until_it_is_active_again() {
    UUID client = service.world().clientId();
    String bob = service.newToken("bob@example.com", Role.CLIENT_USER, client);
    service.world().jdbc().sql("update clients set is_active = false").update();
    assertError(service.send("GET", "/api/leads", bob, null), 401, "Unauthorized");
    assertThat(service.token("bob@example.com")).isEmpty();
    assertThat(service.send("GET", "/api/leads", admin, null).statusCode()).isEqualTo(200);
    service.world().jdbc().sql("update clients set is_active = true").update();
    assertThat(service.send("GET", "/api/leads", bob, null).statusCode()).isEqualTo(200);
  }

  private JWTClaimsSet claims(String issuer, String audience, int seconds) {
    return new JWTClaimsSet.Builder()
        .subject(adminId.toString())
        .issuer(issuer)
        .audience(audience)
        .claim("role", "SUPER_ADMIN")
        .claim("ver", new UserTable(service.world().jdbc()).byId(adminId).orElseThrow().version())
        .issueTime(Date.from(Instant.now().plusSeconds(issuedIn)))
        .expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
        .build();
  }

  private String signed(String issuer, String audience, int seconds, String secret)
      throws Exception {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();
    SignedJWT token = new SignedJWT(header, claims(issuer, audience, seconds));
    token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
    return token.serialize();
  }

  @Test
  void a_deactivated_user_and_one_who_lost_the_role_are_stopped_at_once() {
    service.world().jdbc().sql("update users set role = 'CLIENT_USER'").update();
    assertError(
        service.send("POST", "/api/admin/sync/delta", admin, "{}"),
        403,
        "Forbidden - SUPER_ADMIN access required");
    service.world().jdbc().sql("update users set is_active = false").update();
    assertError(service.send("GET", "/api/leads", admin, null), 401, "Unauthorized");
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/api/admin/sync/delta",
    "GET,/api/admin/sync/delta",
    "GET,/api/admin/nothing",
    "DELETE,/api/admin/nothing"
  })
  void whoever_is_no_administrator_gets_403_under_admin(String method, String path) {
    for (Role role : new Role[] {Role.CLIENT_ADMIN, Role.CLIENT_USER}) {
      String token = service.newToken(role + "@example.com", role, service.world().clientId());
      assertError(
          service.send(method, path, token, null), 403, "Forbidden - SUPER_ADMIN access required");
      service.world().jdbc().sql("delete from users where id <> ?").param(adminId).update();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/api/nothing,404,Not found",
    "GET,/api/leads/,404,Not found",
    "GET,/api,404,Not found",
    "GET,/api/admin/sync/delta,405,Method not allowed",
    "PUT,/api/leads,405,Method not allowed",
    "OPTIONS,/api/leads,405,Method not allowed",
    "GET,/api/leads/1-1-1-1-1,400,Bad request",
    "GET,/api/leads/no-uuid,400,Bad request",
    "GET,/api/leads/no-uuid/notes,400,Bad request",
    "POST,/api/leads/no-uuid/claim,400,Bad request",
    "POST,/api/leads/no-uuid/unclaim,400,Bad request",
    "GET,/api/leads/11111111-2222-3333-4444-555555555555,404,Not found",
    "GET,/api/leads?limit=0,400,Bad request",
    "GET,/api/leads?limit=501,400,Bad request",
    "GET,/api/leads?limit=x,400,Bad request",
    "GET,/api/leads?cursor=x,400,Bad request",
    "GET,/api/leads?limit=5%FF,400,Bad request",
    "GET,/api/leads?nothing=5%FF,400,Bad request",
    "GET,/api/leads?search=%00,400,Bad request",
    "GET,/api/leads?search=%ED%A0%80,400,Bad request",
    "GET,/api/leads?cursor=AAAA,400,Bad request",
    "GET,/api/leads/a%00b,400,Bad request",
    "POST,/api/admin/sync/delta?a=%00,400,Bad request",
    "POST,/api/admin/sync/delta?%C3=1,400,Bad request"
  })
  void what_is_wrong_about_a_request_is_told(String method, String path, int status, String error) {
    assertError(service.send(method, path, admin, null), status, error);
  }

  @Test
  void a_405_names_what_is_allowed() {
    HttpResponse<String> answer = service.send("GET", "/api/admin/sync/delta", admin, null);
    assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
  }

  @Test
  void a_body_must_be_json_and_short() {
    String note = "/api/leads/11111111-2222-3333-4444-555555555555/notes";
    assertError(service.send("POST", note, admin, "{"), 400, "Bad request");
    assertError(service.send("POST", note, admin, "[]"), 400, "Bad request");
    assertError(service.send("POST", note, admin, "{\"a\":1} x"), 400, "Bad request");
    assertError(service.send("POST", note, admin, "{\"a\":1,\"a\":2}"), 400, "Bad request");
    assertError(service.send("POST", note, admin, "[".repeat(5000)), 400, "Bad request");
    assertError(
        service.send(
            service
                .request("POST", note, admin, "note=x")
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .build()),
        415,
        "Unsupported media type");
    assertError(
        service.send(
            service
                .request("POST", note, admin, "{}")
                .setHeader("Content-Type", "application/json; charset=utf-16")
                .build()),
        415,
        "Unsupported media type");
    String large = "{\"note\":\"" + "x".repeat(1_000_000) + "\"}";
    assertError(service.send("POST", note, admin, large), 413, "Payload too large");
    assertError(service.send("POST", "/api/auth/login", null, large), 413, "Payload too large");
    assertError(service.send("POST", "/%61pi/auth/login", null, large), 413, "Payload too large");
  }

  @Test
  void a_long_body_of_unknown_length_is_413_too() {
    byte[] chunk = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    assertError(
        service.send(
            service
                .request("POST", "/api/admin/sync/delta", admin, null)
                .method(
                    "POST",
                    java.net.http.HttpRequest.BodyPublishers.ofByteArrays(
                        java.util.Collections.nCopies(15, chunk)))
                .header("Content-Type", "application/json")
                .build()),
        413,
        "Payload too large");
  }

  @Test
  void a_failed_login_tells_nothing_and_the_sixth_has_to_wait() {
    service.addUser("carl@example.com", Role.CLIENT_USER, null);
    String wrong = "{\"email\":\"carl@example.com\",\"password\":\"wrong wrong\"}";
    HttpResponse<String> known = service.send("POST", "/api/auth/login", null, wrong);
    HttpResponse<String> unknown =
        service.send("POST", "/api/auth/login", null, wrong.replace("carl", "dora"));
    assertError(known, 401, "Unauthorized");
    assertThat(unknown.body()).isEqualTo(known.body());
    assertThat(unknown.statusCode()).isEqualTo(401);
    for (int i = 0; i < 4; i++) {
      assertError(service.send("POST", "/api/auth/login", null, wrong), 401, "Unauthorized");
    }
    HttpResponse<String> sixth = service.send("POST", "/api/auth/login", null, wrong);
    assertError(sixth, 429, "Too many requests");
    assertThat(Long.parseLong(sixth.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(800L, 900L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"email\":1,\"password\":\"x\"}", "{\"email\":\"a@b.c\"}"})
  void a_login_without_both_texts_is_400(String body) {
    assertError(service.send("POST", "/api/auth/login", null, body), 400, "Bad request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\u0000@b.c", "\\ud83d@b.c"})
  void an_address_that_no_user_can_have_is_unknown(String email) {
    String body = "{\"email\":\"" + email + "\",\"password\":\"wrong wrong\"}";
    assertError(service.send("POST", "/api/auth/login", null, body), 401, "Unauthorized");
  }

  @Test
  void an_expired_token_does_not_keep_anyone_from_signing_in() throws Exception {
    String expired = signed("reconciler", "reconciler", -1, ServiceWorld.SECRET);
    String body = "{\"email\":\"ann@example.com\",\"password\":\"" + ServiceWorld.PASSWORD + "\"}";
    assertThat(service.send("POST", "/api/auth/login", expired, body).statusCode()).isEqualTo(200);
  }
}
