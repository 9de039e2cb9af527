package io.reconciler.service.web;

import static io.reconciler.service.web.AttackedService.basic;
import static io.reconciler.service.web.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reconciler.world.SideBySide;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What attackers did to the service, done again: one process with 256 MB takes it all, and after
 * each of them it answers as before. docs/security.md lists them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(2)
@SideBySide
class AttacksTest {

  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
  private static final String CHUNK = "10000\r\n" + "x".repeat(0x10000) + "\r\n";

  @TempDir private static Path directory;
  private static AttackedService service;
  private static long heapBefore;

  @BeforeAll
  static void start() throws Exception {
    service = new AttackedService(directory);
    // The first answer takes longer than any other, which is not the subject.
    await().ignoreExceptions().until(() -> !service.token().isEmpty());
    heapBefore = service.heap();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void it_answers_as_before() throws IOException {
    assertThat(service.isAlive()).as("the process lives").isTrue();
    // An answer within its five seconds; the machine may be busy for a while.
    await().ignoreExceptions().until(() -> service.token().contains("."));
    await().until(service::isReady);
    assertThat(service.management("liveness")).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"PUT /x", "POST /login", "POST /api/auth/login", "POST /api/admin/sync/delta"})
  @Order(1)
  void a_body_without_end_is_cut_short(String line) throws IOException {
    endless(service.port, line);
  }

  @ParameterizedTest
  @CsvSource({"PUT /x", "POST /actuator/jolokia"})
  @Order(1)
  void a_body_without_end_is_cut_short_on_the_management_port(String line) throws IOException {
    endless(service.management, line);
  }

  private static void endless(int port, String line) throws IOException {
    try (RawHttp http = RawHttp.open(port)) {
      http.say(head(line, FORM, CHUNKED));
      int chunks = 0;
      while (chunks < 2_400 && http.say(CHUNK)) {
        chunks++;
      }
      // 150 MB: more than the process could keep.
      assertThat(chunks).as("chunks of 64 kB that were taken").isLessThan(400);
      assertThat(http.answer()).doesNotContain("HTTP/1.1 2");
    }
  }

  @Test
  @Order(2)
  void a_body_that_comes_byte_by_byte_gets_408_after_ten_seconds() throws Exception {
    long start = System.nanoTime();
    try (RawHttp http = RawHttp.open(service.port)) {
      http.say(head("POST /api/auth/login", "Content-Type: application/json\r\n", CHUNKED));
      await().pollInterval(Duration.ofMillis(500)).until(() -> !http.say("1\r\n \r\n"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(8));
      assertThat(http.answer()).matches("(?s)(HTTP/1.1 408 .*)?(\\(reset\\))?");
    }
  }

  @ParameterizedTest
  @CsvSource({"POST /login,application/x-www-form-urlencoded", "GET /api/leads,text/plain"})
  @Order(3)
  void slow_bodies_leave_room_for_others(String line, String type) throws Exception {
    // Once is enough: on a busy machine the first ones' time may be over before all have begun.
    boolean meanwhile = false;
    for (int round = 0; round < 3 && !meanwhile; round++) {
      meanwhile = readsAreServedWhileBodiesAreSlow(line, type);
    }
    assertThat(meanwhile).as("reads are served meanwhile").isTrue();
  }

  /** False when one was served only after one of the slow had been told that it took too long. */
  private static boolean readsAreServedWhileBodiesAreSlow(String line, String type)
      throws IOException {
    List<RawHttp> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 230; i++) {
        RawHttp http = RawHttp.open(service.port);
        http.say(head(line, "Content-Type: " + type + "\r\n", CHUNKED) + "1\r\n{\r\n");
        slow.add(http);
      }
      assertThat(RawHttp.ask(service.port, "GET /login")).startsWith("HTTP/1.1 200");
      boolean meanwhile = true;
      for (RawHttp http : slow) {
        meanwhile &= !http.heard().startsWith("HTTP/1.1 408");
      }
      assertThat(service.management("liveness")).isEqualTo(200);
      for (RawHttp http : slow) {
        assertThat(http.answer()).matches("(?s)(HTTP/1.1 (401|408|503|303).*)?(\\(reset\\))?");
      }
      return meanwhile;
    } finally {
      for (RawHttp http : slow) {
        http.close();
      }
    }
  }

  @Test
  @Order(4)
  void looking_at_the_form_makes_no_session() throws IOException {
    for (int i = 0; i < 100; i++) {
      assertThat(RawHttp.ask(service.port, "GET /login"))
          .startsWith("HTTP/1.1 200")
          .doesNotContain("JSESSIONID");
    }
  }

  @Test
  @Order(5)
  void a_strange_host_comes_back_in_no_redirect() throws IOException {
    for (String path : new String[] {"/", "/api-docs", "/nothing"}) {
      assertThat(RawHttp.ask(service.port, "GET " + path, "Host: evil.example\r\n"))
          .contains("Location: /login")
          .doesNotContain("evil.example");
    }
    assertThat(RawHttp.ask(service.management, "GET /actuator/hawtio", basic()))
        .doesNotContain("Location: http");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /a|b", "GET /%zz", "GET /a%2fb", "GET /a;b=c/..//", "BAD\u0001 /x"})
  @Order(5)
  void what_the_server_itself_refuses_is_json_with_the_usual_headers(String line)
      throws IOException {
    for (int port : new int[] {service.port, service.management}) {
      assertThat(RawHttp.ask(port, line, basic()))
          .startsWith("HTTP/1.1 400")
          .contains("application/json", "\"error\":\"Bad request\"", "nosniff")
          .contains("Content-Security-Policy: default-src 'none'")
          .doesNotContain("<html", "Tomcat", "Exception");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: +5",
        "Content-Length: 5, 5",
        "Content-Length : 5"
      })
  @Order(5)
  void what_two_servers_could_read_as_two_requests_is_answered_as_one(String header)
      throws IOException {
    for (int port : new int[] {service.port, service.management}) {
      try (RawHttp http = RawHttp.open(port)) {
        http.say(
            head("POST /api/auth/login", "Content-Type: application/json\r\n", header + "\r\n")
                + "0\r\n\r\n"
                + head("GET /login", "Connection: close\r\n"));
        assertThat(http.answer())
            .startsWith("HTTP/1.1 ")
            .doesNotContain("HTTP/1.1 2")
            .containsOnlyOnce("HTTP/1.1 ");
      }
    }
  }

  @Test
  @Order(5)
  void names_that_somebody_makes_up_make_no_new_metrics() throws IOException {
    for (int i = 0; i < 20; i++) {
      RawHttp.ask(service.port, "MADEUP" + i + " /login");
      RawHttp.ask(service.port, "GET /madeup" + i + "?madeup=" + i);
      RawHttp.ask(service.port, "GET /api/madeup" + i, "X-Request-Id: madeup" + i + "\r\n");
    }
    assertThat(RawHttp.ask(service.management, "GET /actuator/prometheus"))
        .startsWith("HTTP/1.1 200")
        .doesNotContainIgnoringCase("madeup");
    assertThat(service.log()).doesNotContainIgnoringCase("madeup");
  }

  @Test
  @Order(6)
  void whoever_asks_and_does_not_read_keeps_nobody_from_it() throws Exception {
    List<RawHttp> deaf = new ArrayList<>();
    try {
      for (int i = 0; i < 230; i++) {
        RawHttp http = RawHttp.open(service.port);
        http.say(head("GET /page.css").repeat(20));
        deaf.add(http);
      }
      // Were they not given up, it would wait for ever.
      assertThat(RawHttp.ask(service.port, "GET /login")).startsWith("HTTP/1.1 200");
      assertThat(service.management("liveness")).isEqualTo(200);
    } finally {
      for (RawHttp http : deaf) {
        http.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/%2e%2e/jolokia",
        "//actuator/jolokia",
        "/actuator;x=y/jolokia/list",
        "/actuator/%2fjolokia",
        "/actuator/jolokia/%00",
        "/actuator\\jolokia",
        "/%61ctuator/%6aolokia/read/%252f"
      })
  @Order(5)
  void an_odd_spelling_of_a_management_path_gets_nothing(String path) throws IOException {
    assertThat(RawHttp.ask(service.management, "GET " + path, basic()))
        .startsWith("HTTP/1.1 400")
        .contains("\"error\":\"Bad request\"")
        .doesNotContain("\tat ");
    assertThat(RawHttp.ask(service.management, "GET " + path)).startsWith("HTTP/1.1 400");
  }

  @Test
  @Order(5)
  void the_management_port_answers_under_known_names_only() throws IOException {
    for (String path : new String[] {"/actuator/prometheus", "/actuator/health", "/login"}) {
      assertThat(RawHttp.ask(service.management, "GET " + path, "Host: evil.example\r\n"))
          .startsWith("HTTP/1.1 400");
    }
    for (String host : new String[] {"localhost:8081", "127.0.0.1", "[::1]:8081", "ops.example"}) {
      assertThat(
              RawHttp.ask(service.management, "GET /actuator/prometheus", "Host: " + host + "\r\n"))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  @Order(5)
  void jolokias_rights_end_at_the_routes() throws IOException {
    String context = "org.apache.camel:context=reconciler,type=context,name=\\\"reconciler\\\"";
    for (String operation : new String[] {"stop()", "suspend()", "startAllRoutes()"}) {
      assertThat(service.jolokia("127.0.0.1", exec(context, operation))).contains("\"status\":403");
    }
    assertThat(service.jolokia("127.0.0.1", exec("java.lang:type=Memory", "gc()")))
        .contains("\"status\":403");
    String route = "org.apache.camel:context=reconciler,type=routes,name=\\\"look-for-clients\\\"";
    assertThat(service.jolokia("127.0.0.1", exec(route, "suspend()"))).contains("\"status\":200");
    assertThat(service.isReady()).isTrue();
    assertThat(service.jolokia("127.0.0.1", exec(route, "resume()"))).contains("\"status\":200");
    String needed = "org.apache.camel:context=reconciler,type=routes,name=\\\"reconcile\\\"";
    assertThat(service.jolokia("127.0.0.1", exec(needed, "stop()"))).contains("\"status\":200");
    assertThat(service.isReady()).isFalse();
    assertThat(service.jolokia("127.0.0.1", exec(needed, "start()"))).contains("\"status\":200");
  }

  private static String exec(String bean, String operation) {
    return "{\"type\":\"exec\",\"mbean\":\"%s\",\"operation\":\"%s\"}".formatted(bean, operation);
  }

  @Test
  @Order(5)
  void only_a_trusted_proxy_says_who_asks_and_how() throws IOException {
    String said = "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n";
    assertThat(RawHttp.ask(service.port, "GET /login", said))
        .doesNotContain("Strict-Transport-Security", "Secure");
    assertThat(RawHttp.askFrom(AttackedService.PROXY, service.port, "GET /login", said))
        .contains("Strict-Transport-Security", "; Secure");
  }

  @Test
  @Order(5)
  void hawtio_behind_a_tls_proxy_works_and_a_foreign_origin_is_refused() throws IOException {
    String proxied = "Host: ops.example\r\nX-Forwarded-Proto: https\r\nOrigin: https://";
    String version = "{\"type\":\"version\"}";
    assertThat(service.jolokia(AttackedService.PROXY, version, proxied + "ops.example\r\n"))
        .startsWith("HTTP/1.1 200")
        .contains("\"status\":200");
    assertThat(service.jolokia(AttackedService.PROXY, version, proxied + "evil.example\r\n"))
        .startsWith("HTTP/1.1 403");
    assertThat(
            service.jolokia(
                "127.0.0.1", version, "Host: evil.example\r\nOrigin: https://evil.example\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  @Order(99)
  void after_all_of_them_the_memory_is_where_it_was() throws Exception {
    assertThat(service.heap()).isLessThan(heapBefore + 20);
    assertThat(service.log()).doesNotContain("OutOfMemoryError", "\tat ");
  }
}
