package io.reconciler.service.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.reconciler.service.user.Role;
import io.reconciler.world.ServiceWorld;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service whose tokens come from somebody else; and its management port. */
class ExternalIssuerTest {

  private static HttpServer issuer;
  private static String issuerUrl;
  private static RSAKey key;
  private static ServiceWorld service;

  @BeforeAll
  static void open() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("one").algorithm(JWSAlgorithm.RS256).generate();
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuerUrl = "http://127.0.0.1:" + issuer.getAddress().getPort();
    serve(
        "/.well-known/openid-configuration",
        "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\",\"subject_types_supported\":[\"public\"]}"
            .formatted(issuerUrl, issuerUrl));
    serve("/keys", new JWKSet(key.toPublicJWK()).toString());
    issuer.start();
    service =
        ServiceWorld.open(
            Clock.systemUTC(),
            Map.of(
                "spring.security.oauth2.resourceserver.jwt.issuer-uri",
                issuerUrl,
                "spring.security.oauth2.resourceserver.jwt.audiences",
                "reconciler"));
  }

  private static void serve(String path, String json) {
    issuer.createContext(
        path,
        exchange -> {
          byte[] body = json.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  @AfterAll
  static void close() throws IOException {
    service.close();
    issuer.stop(0);
  }

  @BeforeEach
  void fresh() {
    service.world().fresh();
    service.addUser("ann@example.com", Role.SUPER_ADMIN, null);
  }

  private static int status(String email, boolean verified) throws Exception {
    return status(email, verified, "reconciler");
  }

  private static int status(String email, @Nullable Boolean verified, String audience)
      throws Exception {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(issuerUrl)
            .audience(audience)
            .subject("somebody elsewhere")
            .claim("email", email)
            .claim("email_verified", verified)
            .expirationTime(Date.from(Instant.now().plusSeconds(600)))
            .build();
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), claims);
    token.sign(new RSASSASigner(key));
    return service.send("GET", "/api/admin/runs", token.serialize(), null).statusCode();
  }

  @Test
  void its_tokens_let_in_the_users_whose_address_they_verified() throws Exception {
    assertThat(status("Ann@example.com", true)).isEqualTo(200);
    assertThat(status("ann@example.com", false)).isEqualTo(401);
    assertThat(status("ann@example.com", null, "reconciler")).isEqualTo(401);
    assertThat(status("nobody@example.com", true)).isEqualTo(401);
  }

  @Test
  void its_tokens_for_another_audience_let_nobody_in() throws Exception {
    assertThat(status("ann@example.com", true, "another")).isEqualTo(401);
  }

  @Test
  void our_own_login_gives_no_token_beside_it() {
    HttpResponse<String> answer =
        service.send(
            "POST",
            "/api/auth/login",
            null,
            "{\"email\":\"ann@example.com\",\"password\":\"" + ServiceWorld.PASSWORD + "\"}");
    assertThat(answer.statusCode()).isEqualTo(404);
  }

  private static int management(String path, String login) {
    String port = service.service().context().getEnvironment().getProperty("local.management.port");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (!login.isEmpty()) {
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }
    return service.send(request.build()).statusCode();
  }

  @Test
  void on_the_management_port_health_is_open_and_the_rest_is_for_administrators() {
    service.addUser("bob@example.com", Role.CLIENT_ADMIN, service.world().clientId());
    // The scheduler starts a moment after the port is open.
    await().untilAsserted(() -> assertThat(management("/actuator/health", "")).isEqualTo(200));
    assertThat(management("/actuator/info", "")).isEqualTo(401);
    assertThat(management("/actuator", "")).isEqualTo(401);
    assertThat(management("/actuator/info", "bob@example.com:" + ServiceWorld.PASSWORD))
        .isEqualTo(403);
    assertThat(management("/actuator/info", "ann@example.com:" + ServiceWorld.PASSWORD))
        .isEqualTo(404);
    assertThat(service.send("GET", "/actuator/health", null, null).statusCode()).isEqualTo(401);
  }
}
