package io.reconciler.service.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.sandbox.Fault;
import io.reconciler.service.api.TableProblems;
import io.reconciler.service.user.Role;
import io.reconciler.settings.Settings;
import io.reconciler.side.postgres.Database;
import io.reconciler.side.postgres.rules.LeadsTable;
import io.reconciler.world.MutableClock;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;

class HealthTest {

  private static final String ADMIN = "ann@example.com";
  private static final MutableClock NOW = new MutableClock(Instant.now());
  private static final ServiceWorld SERVICE =
      ServiceWorld.open(
          NOW,
          Map.of("reconciler.schedule", Settings.read(name -> null, java.util.Set.of()).schedule()),
          Map.of());

  private final Watched watched = new Watched(SERVICE);

  @AfterAll
  static void close() {
    SERVICE.close();
  }

  @BeforeEach
  void fresh() {
    SERVICE.world().fresh();
    SERVICE.addUser(ADMIN, Role.SUPER_ADMIN, null);
    // What an earlier test heard of Airtable is over.
    NOW.forward(Duration.ofMinutes(2));
  }

  private JsonNode part(String name) {
    return ServiceWorld.json(watched.get("/actuator/health", ADMIN)).path("components").path(name);
  }

  private static String status(JsonNode part) {
    return part.path("status").asText();
  }

  @Test
  void all_is_well_and_only_an_administrator_sees_the_parts() {
    watched.run();
    look();
    HttpResponse<String> open = watched.get("/actuator/health");
    assertThat(open.statusCode()).isEqualTo(200);
    assertThat(ServiceWorld.json(open).path("status").asText()).isEqualTo("UP");
    assertThat(open.body()).doesNotContain("components");
    SERVICE.addUser("bob@example.com", Role.CLIENT_ADMIN, SERVICE.world().clientId());
    assertThat(watched.get("/actuator/health", "bob@example.com").body())
        .doesNotContain("components");
    for (String name : new String[] {"db", "tables", "airtable", "schedule", "freshness"}) {
      assertThat(status(part(name))).as(name).isEqualTo("UP");
    }
    JsonNode next = part("schedule").path("details").path("next");
    assertThat(next.has("schedule " + SERVICE.world().baseId())).isTrue();
    assertThat(next.has("sweep " + SERVICE.world().baseId())).isTrue();
  }

  @Test
  void a_server_that_takes_no_writes_is_not_ready_and_what_only_reads_is_answered()
      throws Exception {
    World world = SERVICE.world();
    String record = world.leads().create(Map.of("First Name", "Ada"));
    watched.run();
    String lead = String.valueOf(world.lead(record).get("id"));
    String claim = "/api/leads/" + lead + "/claim";
    String token = SERVICE.newToken("bob@example.com", Role.CLIENT_USER, world.clientId());
    String name = world.jdbc().sql("select current_database()").query(String.class).single();
    String setting = "alter database " + name + " %s default_transaction_read_only %s";
    world.jdbc().sql(setting.formatted("set", "= on")).update();
    Database.renew(world.database());
    try (Connection writes = world.database().getConnection();
        Statement statement = writes.createStatement()) {
      statement.execute("set default_transaction_read_only = off");
      try {
        HttpResponse<String> refused = SERVICE.send("POST", claim, token, null);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("takes no writes", "try again later");
        assertThat(SERVICE.send("GET", "/api/leads", token, null).statusCode()).isEqualTo(200);
        assertThat(watched.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        assertThat(watched.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(part("db").path("details").path("reason").asText()).contains("no writes");
        assertThat(watched.run().get(0).result().failure()).contains("takes no writes");
      } finally {
        statement.execute(setting.formatted("reset", ""));
      }
    }

    // The look finds that it is over, and whoever comes next has a connection that knows.
    await().until(() -> watched.get("/actuator/health/readiness").statusCode() == 200);
    assertThat(world.lead(record).get("claimed_by")).isNull();
    assertThat(SERVICE.send("POST", claim, token, null).statusCode()).isEqualTo(200);
    assertThat(world.leads().cells(record)).doesNotContainKey("Claimed By");
  }

  @Test
  void a_client_that_is_overdue_is_down_with_its_name_and_the_probes_stay_up() {
    watched.run();
    part("freshness");
    NOW.forward(Duration.ofHours(2));
    JsonNode freshness = part("freshness");
    assertThat(status(freshness)).isEqualTo("DOWN");
    assertThat(freshness.path("details").path("overdue").toString())
        .contains("Client " + SERVICE.world().baseId(), SERVICE.world().baseId());
    assertThat(watched.get("/actuator/health").statusCode()).isEqualTo(503);
    assertThat(watched.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    assertThat(watched.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
  }

  @Test
  void a_client_that_the_quota_holds_back_is_not_overdue() {
    watched.run();
    part("freshness");
    NOW.forward(Duration.ofHours(2));
    SERVICE
        .world()
        .jdbc()
        .sql(
            "insert into reconciler.request_count values (?, date_trunc('month', cast(? as"
                + " timestamptz) at time zone 'utc'), 99000) on conflict (base_id, month) do update"
                + " set requests = 99000")
        .params(SERVICE.world().baseId(), NOW.instant().toString())
        .update();

    JsonNode freshness = part("freshness");

    assertThat(status(freshness)).isEqualTo("UP");
    assertThat(freshness.path("details").path("overdue").size()).isZero();
    assertThat(freshness.path("details").path("held back by the quota").asText())
        .contains("99,000 of the plan's 100,000", "the schedule starts nothing more");
  }

  @Test
  void a_run_answers_for_airtable_and_without_one_it_is_asked_once_a_minute() {
    watched.run();
    int ofTheRun = SERVICE.world().sandbox().requests().size();
    assertThat(status(part("airtable"))).isEqualTo("UP");
    assertThat(SERVICE.world().sandbox().requests()).hasSize(ofTheRun);
    NOW.forward(Duration.ofSeconds(61));
    part("airtable");
    part("airtable");
    NOW.forward(Duration.ofSeconds(58));
    assertThat(status(part("airtable"))).isEqualTo("UP");
    assertThat(SERVICE.world().sandbox().requests()).hasSize(ofTheRun + 1);
  }

  @Test
  void an_airtable_that_refuses_the_token_is_down_with_the_reason_and_readiness_is_not() {
    SERVICE.world().sandbox().onRequest(request -> true, Fault.answer(401, "{}").always());
    JsonNode airtable = part("airtable");
    assertThat(status(airtable)).isEqualTo("DOWN");
    assertThat(airtable.path("details").path("reason").asText()).contains("AIRTABLE_API_KEY");
    assertThat(watched.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
  }

  @Test
  void a_table_that_is_not_as_the_mapping_has_it_is_down_by_its_name_and_the_probes_stay_up() {
    SERVICE.world().jdbc().sql("alter table leads rename notes to remarks").update();
    try {
      assertThat(status(part("tables"))).isEqualTo("DOWN");
      assertThat(part("tables").path("details").path("problems").toString())
          .contains("leads has no column notes");
      assertThat(watched.get("/actuator/health").statusCode()).isEqualTo(503);
      assertThat(watched.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
      assertThat(watched.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    } finally {
      SERVICE.world().jdbc().sql("alter table leads rename remarks to notes").update();
    }
    assertThat(status(part("tables"))).isEqualTo("UP");
  }

  @Test
  void a_table_of_users_by_which_nobody_can_sign_in_any_more_is_down_too() {
    assertThat(status(part("tables"))).isEqualTo("UP");
    SERVICE.world().jdbc().sql("alter table users rename is_active to active").update();
    try {
      HttpResponse<String> open = watched.get("/actuator/health");
      assertThat(open.statusCode()).isEqualTo(503);
      assertThat(ServiceWorld.json(open).path("status").asText()).isEqualTo("DOWN");
      // The parts are for an administrator, who can't be looked up: that is told in their place.
      HttpResponse<String> answer = watched.get("/actuator/health", ADMIN);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("users has no column is_active: signing in needs it");
      assertThat(watched.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    } finally {
      SERVICE.world().jdbc().sql("alter table users rename active to is_active").update();
    }
    assertThat(status(part("tables"))).isEqualTo("UP");
  }

  @Test
  void a_table_of_users_by_which_nobody_ever_could_is_none_of_its_business() {
    SERVICE.world().jdbc().sql("alter table users rename is_active to active").update();
    try {
      TableProblems tables =
          new TableProblems(
              () -> new LeadsTable(SERVICE.world().database(), SERVICE.world().mapping()),
              System::nanoTime);

      assertThat(tables.begun()).isEmpty();
      assertThat(tables.list())
          .containsExactly("users has no column is_active: signing in needs it");
      SERVICE.world().jdbc().sql("alter table users rename role to kind").update();
      assertThat(tables.begun()).containsExactly("users has no column role: signing in needs it");
    } finally {
      SERVICE.world().jdbc().sql("alter table users rename active to is_active").update();
      SERVICE.world().jdbc().sql("alter table users rename kind to role").update();
    }
  }

  @Test
  void a_scheduler_in_standby_is_down() throws Exception {
    Scheduler quartz =
        SERVICE
            .service()
            .context()
            .getBean(org.apache.camel.CamelContext.class)
            .getComponent("quartz", org.apache.camel.component.quartz.QuartzComponent.class)
            .getScheduler();
    quartz.standby();
    try {
      assertThat(status(part("schedule"))).isEqualTo("DOWN");
    } finally {
      quartz.start();
    }
    assertThat(status(part("schedule"))).isEqualTo("UP");
  }

  @Test
  void a_trigger_that_quartz_gave_up_on_is_set_going_again_but_not_without_end() {
    look();
    breakTriggers();
    look();
    assertThat(inError()).isZero();
    assertThat(status(part("schedule"))).isEqualTo("UP");
    breakTriggers();
    look();
    assertThat(inError()).isPositive();
    JsonNode schedule = part("schedule");
    assertThat(status(schedule)).isEqualTo("DOWN");
    assertThat(schedule.path("details").path("late").toString()).contains("is in error");
    NOW.forward(Duration.ofMinutes(5));
    look();
    assertThat(inError()).isZero();
  }

  private static void look() {
    SERVICE
        .service()
        .context()
        .getBean(ProducerTemplate.class)
        .sendBody("direct:schedule-clients", "");
  }

  private static void breakTriggers() {
    SERVICE
        .world()
        .jdbc()
        .sql("update reconciler.qrtz_triggers set trigger_state = 'ERROR'")
        .update();
  }

  private static long inError() {
    return SERVICE
        .world()
        .count("select count(*) from reconciler.qrtz_triggers where trigger_state = 'ERROR'");
  }
}
