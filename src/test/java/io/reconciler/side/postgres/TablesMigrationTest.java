package io.reconciler.side.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunResult;
import io.reconciler.program.boot.Engine;
import io.reconciler.side.postgres.statement.ColumnDefinitions;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database as the version left it that knew no table but leads. */
class TablesMigrationTest {

  private static final List<String> FILLED =
      List.of(
          "clients",
          "leads",
          "reconciler.run",
          "reconciler.watermark",
          "reconciler.airtable_table",
          "reconciler.field",
          "reconciler.agreed_value",
          "reconciler.conflict",
          "reconciler.dead_letter",
          "reconciler.left_record");

  @Test
  void what_was_agreed_pulled_and_left_undone_stays_so_and_the_next_run_is_quiet() {
    World world = World.shared();
    world.fresh();
    try (HikariDataSource old = TestDatabase.pool(TestDatabase.url())) {
      String id = world.leads().create(Map.of("First Name", "Ada", "Notes", "called"));
      String bad = world.leads().create(Map.of("First Name", "Bob", "SMS Sent Count", "many"));
      world.fullSync();
      world.portalEdit(id, Duration.ofMinutes(5), Map.of("notes", "called twice"));
      world.sync();
      released(old);
      JdbcClient jdbc = JdbcClient.create(old);
      FILLED.forEach(table -> copy(table, world.jdbc(), jdbc));

      new Migrations(old, World.defaultMapping()).migrate();
      List<String> leads = rows("leads", jdbc);
      List<String> agreed = rows("reconciler.agreed_value", jdbc);
      RunResult run;
      try (Engine engine = world.anotherEngine(old)) {
        run =
            Objects.requireNonNull(
                engine.reconcile(world.request(20, false), ProgressListener.NONE).get(0).result());
      }

      assertThat(run.success()).isTrue();
      assertThat(run.stage1().updated() + run.stage1().inserted()).isZero();
      assertThat(run.stage2().recordsProcessed()).isZero();
      assertThat(rows("leads", jdbc)).isEqualTo(leads).hasSize(2);
      assertThat(rows("reconciler.agreed_value", jdbc)).isEqualTo(agreed).hasSize(2);
      assertThat(world.leads().cells(id).get("Notes").asText()).isEqualTo("called twice");
      assertThat(
              jdbc.sql(
                      "select table_name || ' ' || airtable_record_id || ' ' || status"
                          + " from reconciler.dead_letter")
                  .query(String.class)
                  .list())
          .containsExactly("leads " + bad + " open");
      assertThat(jdbc.sql("select table_name from reconciler.watermark").query(String.class).list())
          .containsExactly("leads");
    }
  }

  /** The released version's newest migration was the 17th. */
  private static void released(HikariDataSource database) {
    Flyway.configure()
        .dataSource(database)
        .schemas("reconciler")
        .table("schema_history")
        .locations("classpath:db/migration")
        .target("17")
        .placeholders(
            Map.of(
                "portal_schema",
                "reconciler",
                "mapped_columns",
                ColumnDefinitions.all(World.defaultMapping()),
                "portal_literal",
                "'public'",
                "users_schema_literal",
                "'public'",
                "users_name_literal",
                "'users'",
                "made_now",
                "clients,leads,users"))
        .load()
        .migrate();
  }

  private static void copy(String table, JdbcClient from, JdbcClient to) {
    String rows =
        from.sql("select cast(coalesce(jsonb_agg(t), '[]') as text) from " + table + " t")
            .query(String.class)
            .single();
    to.sql(
            "insert into %1$s select * from jsonb_populate_recordset(null::%1$s, cast(? as jsonb))"
                .formatted(table))
        .param(rows)
        .update();
  }

  private static List<String> rows(String table, JdbcClient jdbc) {
    return jdbc.sql(
            "select xmin || ' ' || cast(to_jsonb(t) as text) from " + table + " t order by 1")
        .query(String.class)
        .list();
  }
}
