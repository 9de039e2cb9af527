package io.reconciler.program.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reconciler.settings.Settings;
import io.reconciler.world.Ports;
import io.reconciler.world.ServiceWorld;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Both ports with a certificate, before the database is there and after. */
class TlsTest {

  private static final String SECRET = "changeit";

  @TempDir private static Path directory;

  private static HttpClient client;
  private static Map<String, Object> properties;

  @BeforeAll
  static void certificate() throws Exception {
    Path store = directory.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/keytool",
                "-genkeypair",
                "-alias",
                "web",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                SECRET,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    client = HttpClient.newBuilder().sslContext(trusting(store)).build();
    properties = new HashMap<>();
    properties.put("spring.ssl.bundle.jks.web.keystore.location", store.toUri().toString());
    properties.put("spring.ssl.bundle.jks.web.keystore.password", SECRET);
    properties.put("server.ssl.bundle", "web");
    properties.put("management.server.ssl.bundle", "web");
  }

  private static SSLContext trusting(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, SECRET.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("web", keys.getCertificate("web"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static PortTls tls(Map<String, Object> properties) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    return new PortTls(environment);
  }

  private static HttpResponse<String> get(int port, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + path)).build(),
        BodyHandlers.ofString());
  }

  @Test
  void both_ports_answer_over_tls_while_the_service_waits_for_its_database() throws Exception {
    int port = Ports.free();
    int management = Ports.free();
    Settings settings =
        Settings.read(
            Map.of(
                    "DATABASE_URL",
                    "postgresql://nobody@localhost/none",
                    "AIRTABLE_API_KEY",
                    "pat",
                    "SERVER_PORT",
                    String.valueOf(port),
                    "MANAGEMENT_SERVER_PORT",
                    String.valueOf(management))
                ::get,
            Set.of());
    try (WaitingServer server = WaitingServer.start(settings, tls(properties))) {
      assertThat(get(port, "/api/leads").statusCode()).isEqualTo(503);
      assertThat(get(management, "/actuator/health/liveness").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void without_a_bundle_a_port_is_plain_and_a_bundle_that_is_none_is_said() {
    assertThat(tls(Map.of()).of("server")).isNull();
    assertThatThrownBy(() -> tls(Map.of("server.ssl.bundle", "other")).of("server"))
        .hasMessageContaining("no SSL bundle other");
  }

  @Test
  void the_service_answers_over_tls_on_both_ports_says_so_and_marks_its_cookie() throws Exception {
    try (ServiceWorld service = ServiceWorld.open(Clock.systemUTC(), properties)) {
      HttpResponse<String> login = get(service.service().port(), "/login");
      assertThat(login.statusCode()).isEqualTo(200);
      assertThat(login.headers().allValues("Set-Cookie"))
          .isNotEmpty()
          .allSatisfy(cookie -> assertThat(cookie).contains("Secure"));
      assertThat(login.headers().firstValue("Strict-Transport-Security")).isPresent();
      String management =
          service.service().context().getEnvironment().getProperty("local.management.port");
      assertThat(get(Integer.parseInt(management), "/actuator/health/liveness").statusCode())
          .isEqualTo(200);
      assertThat(service.service().page())
          .contains("https://127.0.0.1:%d/".formatted(service.service().port()));
      service.service().close();
      assertThat(service.service().page()).isEmpty();
    }
  }
}
