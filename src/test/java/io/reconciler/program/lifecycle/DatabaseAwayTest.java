package io.reconciler.program.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.engine.run.RunResult;
import io.reconciler.program.boot.TestEngine;
import io.reconciler.program.boot.TestService;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.Sandbox;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.service.user.Passwords;
import io.reconciler.service.user.Role;
import io.reconciler.service.user.UserTable;
import io.reconciler.settings.DatabaseUrl;
import io.reconciler.side.postgres.Database;
import io.reconciler.world.ChildProcess;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.Ports;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A service whose PostgreSQL comes late, goes away and comes back. */
@Order(4)
@SideBySide(SideBySide.Lane.BUILDS)
class DatabaseAwayTest {

  /** A request waits so long for a connection. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final int HOUR = 3_600_000;

  /** Runs that have ended well since the one that the restart ended. */
  private static final String SUCCEEDED_SINCE =
      "select count(*) from reconciler.run where outcome = 'succeeded' and started_at >"
          + " (select max(started_at) from reconciler.run where outcome in ('failed', 'interrupted'))";

  /** A metric that is read from the database: what is not known is not said. */
  private static final String SINCE_SUCCESS = "reconciler_seconds_since_last_success{";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "appLate0000000001";
  private static final String PASSWORD = "correct horse";

  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir private Path directory;
  private RestartablePostgres postgres;

  @BeforeEach
  void prepare() {
    postgres = new RestartablePostgres(directory.resolve("data"));
  }

  @AfterEach
  void stop() {
    postgres.close();
  }

  @Test
  void a_service_started_before_its_database_waits_and_a_signal_ends_its_run_in_order()
      throws Exception {
    int port = Ports.free();
    int management = Ports.free();
    Path errors = directory.resolve("errors");
    try (Sandbox airtable = Sandbox.start(World.unlimited())) {
      SandboxTable leads =
          airtable.base(BASE).addTable("Leads", World.fields(World.defaultMapping()));
      for (int i = 0; i < 250; i++) {
        leads.create(Map.of("First Name", "Lead " + i));
      }
      Map<String, String> environment = new HashMap<>();
      environment.put("DATABASE_URL", postgres.url());
      environment.put("AIRTABLE_API_KEY", World.TOKEN);
      environment.put("AIRTABLE_API_URL", airtable.url().toString());
      environment.put("AIRTABLE_BASE_ID", BASE);
      environment.put("RECONCILER_RATE_LIMIT_MS", "1");
      environment.put("RECONCILER_SCHEDULE", "* * * * * ?");
      environment.put("SERVER_PORT", String.valueOf(port));
      environment.put("SERVER_ADDRESS", "127.0.0.1");
      environment.put("MANAGEMENT_SERVER_PORT", String.valueOf(management));
      try (ChildProcess child = ChildProcess.start(environment, errors, "serve")) {
        awaitStatus(management, "/actuator/health/liveness", 200);
        assertThat(status(management, "/actuator/health/readiness")).isEqualTo(503);
        assertThat(get(port, "/api/leads").statusCode()).isEqualTo(503);
        assertThat(get(port, "/api/leads").body()).contains("\"error\"", "\"details\"");
        await().until(() -> Files.readString(errors).contains("waiting for the database"));
        AtomicBoolean signalled = new AtomicBoolean();
        airtable.onRequest(
            request -> {
              boolean now = request.query("offset") != null && signalled.compareAndSet(false, true);
              if (now) {
                assertThat(status(management, "/actuator/health/readiness")).isEqualTo(200);
                child.terminateAndAwaitNotice();
              }
              return now;
            },
            Fault.delayed(Duration.ofMillis(700)));

        postgres.start();

        // How long the start takes is not the subject.
        await().atMost(PatientWaits.PROCESS_PATIENCE).untilTrue(signalled);
        assertThat(child.exitCode()).as("ends long before it is cut off").isEqualTo(143);
        assertThat(Files.readString(errors))
            .containsOnlyOnce("waiting for the database")
            .contains("the database is there", "serving:")
            .doesNotContain("Exception");
        assertThat(airtable.requests()).hasSize(1 + 2);
        try (var pool = Database.open(DatabaseUrl.parse(postgres.url()), 1)) {
          JdbcClient jdbc = JdbcClient.create(pool);
          assertThat(jdbc.sql("select count(*) from leads").query(Long.class).single())
              .isEqualTo(200);
          assertThat(
                  jdbc.sql("select distinct outcome from reconciler.run")
                      .query(String.class)
                      .list())
              .containsExactly("interrupted");
          assertThat(jdbc.sql("select failure from reconciler.run").query(String.class).list())
              .noneMatch(failure -> failure.contains("did not end in time"));
        }
      }
    }
  }

  @Test
  void a_restart_of_the_database_needs_none_of_the_service() throws Exception {
    postgres.start();
    try (World world = world(Map.of());
        HikariDataSource pool = Database.open(DatabaseUrl.parse(postgres.url()), 8, PATIENCE);
        TestService service =
            TestService.start(
                world.settings(),
                world.mapping(),
                pool,
                Clock.systemUTC(),
                Map.of("reconciler.schedule", "0/2 * * * * ?"))) {
      int management =
          Integer.parseInt(
              service.context().getEnvironment().getRequiredProperty("local.management.port"));
      new UserTable(world.jdbc())
          .add("ada@example.com", new Passwords().hash(PASSWORD), Role.SUPER_ADMIN, null);
      awaitStatus(management, "/actuator/health/readiness", 200);
      String token = JSON.readTree(login(service.port()).body()).path("token").asText();
      assertThat(get(service.port(), "/api/leads", token).statusCode()).isEqualTo(200);
      for (int i = 0; i < 150; i++) {
        world.leads().create(Map.of("First Name", "Lead " + i));
      }
      world.sandbox().beforePage(2, postgres::stop);

      awaitStatus(management, "/actuator/health/readiness", 503);
      assertThat(status(management, "/actuator/health/liveness")).isEqualTo(200);
      HttpResponse<String> away = login(service.port());
      assertThat(away.statusCode()).isEqualTo(503);
      assertThat(away.body()).contains("\"error\"", "database").doesNotContain("Exception");
      assertThat(away.headers().firstValue("Retry-After")).isPresent();
      HttpResponse<String> leads = get(service.port(), "/api/leads", token);
      assertThat(leads.statusCode()).isEqualTo(503);
      assertThat(leads.body()).contains("\"error\"", "database").doesNotContain("Exception");
      HttpResponse<String> metrics = get(management, "/actuator/prometheus");
      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.body()).contains("reconciler_runs_total").doesNotContain(SINCE_SUCCESS);
      postgres.start();

      awaitStatus(management, "/actuator/health/readiness", 200);
      assertThat(get(management, "/actuator/prometheus").body()).contains(SINCE_SUCCESS);
      HttpResponse<String> back = login(service.port());
      assertThat(back.statusCode()).isEqualTo(200);
      await().ignoreExceptions().until(() -> world.count("select count(*) from leads") == 150);
      await().until(() -> world.count(SUCCEEDED_SINCE) > 0);
      assertThat(world.sides().differences()).isEmpty();
    }
  }

  @Test
  void a_service_whose_role_may_not_sign_in_any_more_says_so_until_it_may() throws Exception {
    postgres.start();
    try (World world = world(Map.of());
        HikariDataSource pool = asApp(world)) {
      try (TestService service =
          TestService.start(world.settings(), world.mapping(), pool, Clock.systemUTC(), Map.of())) {
        await().until(() -> login(service.port()).statusCode() == 401);
        world.jdbc().sql("alter role app nologin").update();
        world
            .jdbc()
            .sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'")
            .query(Boolean.class)
            .list();

        HttpResponse<String> shut = login(service.port());
        assertThat(shut.statusCode()).isEqualTo(503);
        assertThat(shut.body()).contains("database").doesNotContain("Exception");
        assertThat(shut.headers().firstValue("Retry-After")).isPresent();
        assertThat(managementStatus(service)).isEqualTo(503);
        world.jdbc().sql("alter role app login").update();
        await().until(() -> login(service.port()).statusCode() == 401);
      }
    }
  }

  /** For somebody who signs in there. */
  private int managementStatus(TestService service) throws Exception {
    String port = service.context().getEnvironment().getRequiredProperty("local.management.port");
    String who = Base64.getEncoder().encodeToString("ada@example.com:secret".getBytes(UTF_8));
    return http.send(
            HttpRequest.newBuilder(uri(Integer.parseInt(port), "/actuator"))
                .header("Authorization", "Basic " + who)
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  /** On this test's own server, with an engine of these properties. */
  private World world(Map<String, Object> properties) {
    return World.open(
        postgres.url(),
        Map.of("RECONCILER_JWT_SECRET", "0123456789abcdef0123456789abcdef"),
        Clock.systemUTC(),
        (settings, mapping, pool) -> TestEngine.start(settings, mapping, pool, properties));
  }

  private HikariDataSource asApp(World world) {
    world.jdbc().sql("create role app login superuser").update();
    String url = postgres.url().replace("postgres:postgres@", "app@");
    return Database.open(DatabaseUrl.parse(url), 8, PATIENCE);
  }

  @Test
  void a_request_to_airtable_is_not_made_again_because_our_database_failed() throws Exception {
    postgres.start();
    try (World world = world(Map.of("reconciler.airtable.retry-delay-ms", HOUR))) {
      for (int i = 0; i < 150; i++) {
        world.leads().create(Map.of("First Name", "Lead " + i));
      }
      world.sandbox().beforePage(2, postgres::stop);

      RunResult result =
          CompletableFuture.supplyAsync(world::sync, task -> new Thread(task).start())
              .get(PatientWaits.PATIENCE.toSeconds(), TimeUnit.SECONDS);

      assertThat(result.failure()).contains("PostgreSQL");
      // For the end of the world.
      postgres.start();
    }
  }

  @Test
  void those_who_ask_after_one_waited_in_vain_are_told_what_a_look_finds_until_it_is_back()
      throws Exception {
    try (HikariDataSource pool =
        Database.open(DatabaseUrl.parse(postgres.url()), 1, Duration.ofMillis(500))) {
      assertThatThrownBy(pool::getConnection).isInstanceOf(SQLTransientConnectionException.class);
      awaitLook(pool);

      postgres.start();

      try (Connection only = pool.getConnection()) {
        assertThat(only.isValid(0)).isTrue();
        // All are in use and the server is there: the next one waits for its turn as ever.
        for (int i = 0; i < 2; i++) {
          assertThatThrownBy(pool::getConnection)
              .isInstanceOf(SQLTransientConnectionException.class);
        }
      }
    }
  }

  @Test
  void so_are_those_whose_url_names_no_user() throws Exception {
    String url = postgres.url().replace("postgres:postgres@", "");
    try (HikariDataSource pool = Database.open(DatabaseUrl.parse(url), 1, Duration.ofMillis(500))) {
      assertThatThrownBy(pool::getConnection).isInstanceOf(SQLTransientConnectionException.class);
      awaitLook(pool);
    }
  }

  /**
   * Not the pool's word, which comes when the wait is over, but the driver's own. On a busy machine
   * the pool may not have been refused yet when the first wait is over.
   */
  private static void awaitLook(HikariDataSource pool) {
    await()
        .untilAsserted(
            () -> assertThatThrownBy(pool::getConnection).isInstanceOf(PSQLException.class));
  }

  @Test
  void a_server_that_is_busy_is_waited_for_each_time() throws Exception {
    postgres.start();
    try (HikariDataSource pool = Database.open(DatabaseUrl.parse(postgres.url()), 1)) {
      JdbcClient.create(pool).sql("create role busy login connection limit 0").update();
    }
    String url = postgres.url().replace("postgres:postgres@", "busy@");
    try (HikariDataSource pool = Database.open(DatabaseUrl.parse(url), 1, Duration.ofMillis(500))) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(pool::getConnection)
            .isInstanceOf(SQLTransientConnectionException.class)
            .rootCause()
            .hasMessageContaining("too many connections");
      }
    }
  }

  private HttpResponse<String> login(int port) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri(port, "/api/auth/login"))
            .timeout(PatientWaits.PATIENCE)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"email\":\"ada@example.com\",\"password\":\"" + PASSWORD + "\"}"))
            .build(),
        BodyHandlers.ofString());
  }

  private void awaitStatus(int port, String path, int status) {
    await().atMost(PatientWaits.PROCESS_PATIENCE).until(() -> status(port, path) == status);
  }

  /** The status of a path; 0 while nothing listens there. */
  private int status(int port, String path) {
    try {
      return get(port, path).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  private HttpResponse<String> get(int port, String path) throws IOException {
    return get(port, path, "");
  }

  private HttpResponse<String> get(int port, String path, String token) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(port, path)).timeout(PatientWaits.PATIENCE);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
