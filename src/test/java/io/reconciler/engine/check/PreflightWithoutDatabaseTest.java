package io.reconciler.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.TestEngine;
import io.reconciler.sandbox.Sandbox;
import io.reconciler.sandbox.SandboxOptions;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The preflight where no run was ever made, and where there is no database at all. */
class PreflightWithoutDatabaseTest {

  private static final String BASE = "appAbCdEfGhIjKlMn";
  private static final Mapping MAPPING = World.defaultMapping();
  private Sandbox sandbox;

  @BeforeEach
  void open() {
    sandbox = Sandbox.start(SandboxOptions.defaults().withRequestsPerSecond(0));
    sandbox.base(BASE).addTable(MAPPING.table(), World.fields(MAPPING));
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void an_empty_database_is_fine_and_stays_empty() {
    try (HikariDataSource database = TestDatabase.pool(TestDatabase.url())) {
      List<CheckLine> lines = run(database);

      assertThat(lines).extracting(CheckLine::status).doesNotContain(Status.FAILED);
      assertThat(lines)
          .filteredOn(line -> line.area().equals("schema"))
          .extracting(CheckLine::text)
          .containsExactly(
              "the engine was never started here: at the first sync or client add it makes the schema"
                  + " reconciler with the engine's own tables, and, since they are missing,"
                  + " public.clients, public.leads, public.users",
              "clients: public.clients, to be made",
              "leads: public.leads, to be made",
              "users: public.users, to be made",
              "nothing stands in the way in leads and clients");
      assertThat(lines).filteredOn(line -> line.area().equals("field")).hasSize(39);
      assertThat(
              JdbcClient.create(database)
                  .sql(
                      "select count(*) from pg_class c join pg_namespace n on n.oid = relnamespace"
                          + " where nspname not in ('pg_catalog', 'information_schema', 'pg_toast')")
                  .query(Long.class)
                  .single())
          .isZero();
      assertThat(
              JdbcClient.create(database)
                  .sql("select to_regnamespace('reconciler') is null")
                  .query(Boolean.class)
                  .single())
          .isTrue();
    }
  }

  @Test
  void airtable_is_looked_at_although_the_database_is_down() {
    HikariConfig nowhere = new HikariConfig();
    nowhere.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/portal");
    nowhere.setUsername("portal");
    nowhere.setPassword("secret-word");
    nowhere.setConnectionTimeout(250);
    nowhere.setInitializationFailTimeout(-1);
    nowhere.setMinimumIdle(0);
    try (HikariDataSource database = new HikariDataSource(nowhere)) {
      List<CheckLine> lines = run(database);

      assertThat(lines)
          .filteredOn(line -> line.status() == Status.FAILED)
          .singleElement()
          .satisfies(line -> assertThat(line.area()).isEqualTo("database"))
          .satisfies(
              line ->
                  assertThat(line.text())
                      .startsWith("PostgreSQL: Connection to 127.0.0.1:1 refused"));
      assertThat(lines).filteredOn(line -> line.area().equals("field")).hasSize(39);
      assertThat(lines.toString()).doesNotContain("secret-word");
    }
  }

  private List<CheckLine> run(HikariDataSource database) {
    Map<String, String> environment =
        Map.of(
            "AIRTABLE_API_KEY",
            World.TOKEN,
            "AIRTABLE_API_URL",
            sandbox.url().toString(),
            "AIRTABLE_BASE_ID",
            BASE,
            "RECONCILER_RATE_LIMIT_MS",
            "1");
    Settings settings = Settings.read(environment::get, Set.of());
    try (Engine engine = TestEngine.start(settings, MAPPING, database, Map.of())) {
      return new Preflight(
              settings, MappingSet.of(MAPPING), database, engine::ask, Clock.systemUTC())
          .run();
    }
  }
}
