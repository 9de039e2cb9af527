package io.reconciler.service.portal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.reconciler.service.api.ApiAnswers;
import io.reconciler.service.user.Role;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Requests on leads that somebody's transaction holds. */
class HeldLeadsTest {

  /** What a run would wait for a lock; a request waits less. */
  private static final Duration OF_A_RUN = Duration.ofSeconds(15);

  private static final String REFUSES = "refuses_for_now";

  private final Logger answers = (Logger) LoggerFactory.getLogger(ApiAnswers.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private ServiceWorld service;
  private World world;
  private String record;
  private String lead;
  private String ann;
  private String admin;

  @BeforeEach
  void fresh() {
    service = ServiceWorld.shared();
    world = service.world();
    record = world.leads().create(Map.of("First Name", "Ada"));
    assertThat(world.sync().failure()).isNull();
    lead = String.valueOf(world.lead(record).get("id"));
    ann = service.newToken("ann@x.com", Role.CLIENT_USER, world.clientId());
    admin = service.newToken("root@x.com", Role.SUPER_ADMIN, null);
    log.start();
    answers.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    answers.detachAppender(log);
  }

  private HttpResponse<String> claim() {
    return service.send("POST", "/api/leads/" + lead + "/claim", ann, null);
  }

  private HttpResponse<String> note() {
    return service.send("POST", "/api/leads/" + lead + "/notes", ann, "{\"note\":\"called\"}");
  }

  private Connection holding(String statement) throws SQLException {
    Connection held = world.database().getConnection();
    held.setAutoCommit(false);
    try (Statement lock = held.createStatement()) {
      lock.execute(statement);
    }
    return held;
  }

  private static void release(Connection held) throws SQLException {
    held.rollback();
    held.setAutoCommit(true);
    held.close();
  }

  private void assertTryAgain(HttpResponse<String> answer, String text) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(ServiceWorld.json(answer).path("error").asText()).isEqualTo("Service unavailable");
    assertThat(ServiceWorld.json(answer).path("details").asText()).contains(text, "try again");
  }

  private void assertLogged(int lines) {
    assertThat(log.list).hasSize(lines);
    assertThat(log.list)
        .allMatch(event -> event.getThrowableProxy() == null)
        .noneMatch(event -> event.getFormattedMessage().matches("(?s).*(update|select) .*"));
  }

  private void assertNothingChanged() {
    assertThat(world.lead(record).get("claimed_by")).isNull();
    assertThat(world.lead(record).get("notes")).isNull();
    assertThat(world.leads().cells(record)).doesNotContainKey("Claimed By");
    assertThat(world.leads().cells(record)).doesNotContainKey("Notes");
  }

  @Test
  void a_lead_that_somebody_holds_is_told_of_soon_and_stays_as_it_is() throws Exception {
    Connection held = holding("select 1 from leads for update");
    long begun = System.nanoTime();
    HttpResponse<String> answer;
    try {
      answer = claim();
    } finally {
      release(held);
    }

    assertTryAgain(answer, "somebody's transaction holds this lead");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(OF_A_RUN);
    assertLogged(1);
    assertNothingChanged();
    assertThat(claim().statusCode()).isEqualTo(200);
    assertThat(world.lead(record).get("claimed_by")).isNotNull();
    assertThat(log.list).hasSize(1);
  }

  @Test
  void so_is_a_table_that_is_locked_as_a_whole() throws Exception {
    List<String> reads =
        List.of(
            "/api/leads",
            "/api/leads/" + lead,
            "/api/leads/" + lead + "/notes",
            "/api/admin/conflicts",
            "/api/admin/tables");
    Connection held = holding("lock table leads in access exclusive mode");
    ExecutorService requests = Executors.newFixedThreadPool(reads.size() + 2);
    long begun = System.nanoTime();
    try {
      List<CompletableFuture<HttpResponse<String>>> sent =
          Stream.concat(
                  reads.stream()
                      .map(
                          path ->
                              CompletableFuture.supplyAsync(
                                  () -> service.send("GET", path, admin, null), requests)),
                  Stream.of(
                      CompletableFuture.supplyAsync(this::claim, requests),
                      CompletableFuture.supplyAsync(this::note, requests)))
              .toList();
      for (CompletableFuture<HttpResponse<String>> answer : sent) {
        assertTryAgain(answer.join(), "somebody's transaction holds");
      }
    } finally {
      release(held);
      requests.shutdownNow();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(OF_A_RUN);
    assertLogged(reads.size() + 2);
    assertNothingChanged();
    for (String path : reads) {
      assertThat(service.send("GET", path, admin, null).statusCode()).as(path).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"57014", "40001", "40P01"})
  void what_postgresql_ends_for_others_sake_is_to_be_tried_again(String state) {
    world
        .jdbc()
        .sql(
            "create function %s() returns trigger language plpgsql as $$ begin raise exception 'no' using errcode = '%s'; end $$"
                .formatted(REFUSES, state))
        .update();
    world
        .jdbc()
        .sql(
            "create trigger %1$s before update on leads for each row execute function %1$s()"
                .formatted(REFUSES))
        .update();
    try {
      assertTryAgain(claim(), "PostgreSQL ended what was asked for");
      assertLogged(1);
      assertNothingChanged();
    } finally {
      world.jdbc().sql("drop function " + REFUSES + " cascade").update();
    }
    assertThat(claim().statusCode()).isEqualTo(200);
  }

  @Test
  void the_wait_of_a_request_does_not_outlive_it() {
    assertThat(claim().statusCode()).isEqualTo(200);

    for (int i = 0; i < 20; i++) {
      assertThat(world.jdbc().sql("show lock_timeout").query(String.class).single())
          .isEqualTo("15s");
    }
  }
}
