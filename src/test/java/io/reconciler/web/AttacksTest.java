package io.reconciler.web;

import static io.reconciler.web.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/**
 * What attackers did to the service, done again: one process with 256 MB takes it all, and after
 * each of them it answers as before. docs/security.md lists them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
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
    service.token();
    heapBefore = service.heap();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void it_answers_as_before() throws IOException {
    assertThat(service.isAlive()).as("the process lives").isTrue();
    long start = System.nanoTime();
    assertThat(service.token()).contains(".");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(service.isReady()).isTrue();
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
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(16))
          .until(() -> !http.say("1\r\n \r\n"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(8));
      assertThat(http.answer()).matches("(?s)(HTTP/1.1 408 .*)?(\\(reset\\))?");
    }
  }

  @ParameterizedTest
  @CsvSource({"POST /login,application/x-www-form-urlencoded", "GET /api/leads,text/plain"})
  @Order(3)
  void slow_bodies_leave_room_for_others(String line, String type) throws Exception {
    List<RawHttp> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 230; i++) {
        RawHttp http = RawHttp.open(service.port);
        http.say(head(line, "Content-Type: " + type + "\r\n", CHUNKED) + "1\r\n{\r\n");
        slow.add(http);
      }
      // Reads are served meanwhile, and all of them are told before long.
      long start = System.nanoTime();
      assertThat(RawHttp.ask(service.port, "GET /login")).startsWith("HTTP/1.1 200");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      assertThat(service.management("liveness")).isEqualTo(200);
      for (RawHttp http : slow) {
        assertThat(http.answer()).matches("(?s)(HTTP/1.1 (401|408|503|303).*)?(\\(reset\\))?");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(18));
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
  @Order(99)
  void after_all_of_them_the_memory_is_where_it_was() throws Exception {
    assertThat(service.heap()).isLessThan(heapBefore + 20);
    assertThat(service.log()).doesNotContain("OutOfMemoryError", "\tat ");
  }
}
