package io.reconciler.side.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.rules.LeadsTable;
import io.reconciler.side.postgres.rules.SchemaProblem;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which tables are the portal's, for a role that is called like the engine's schema and may make
 * nothing in the portal's.
 */
@SideBySide
class PortalSchemaTest {

  private static final Mapping MAPPING = World.defaultMapping();
  private static final List<String> TABLES = List.of("clients", "leads", "users");
  private static String url;
  private static HikariDataSource owner;

  @BeforeEach
  void a_portal_with_two_leads() {
    url = TestDatabase.migratedUrl();
    owner = TestDatabase.pool(url);
    execute("create role reconciler login password 'reconciler'");
    execute("drop schema reconciler cascade");
    execute("revoke all on schema public from public");
    addLead("public", "rec1");
    addLead("public", "rec2");
    execute("grant usage on schema public to reconciler");
    execute("grant select, insert, update on all tables in schema public to reconciler");
    execute("grant create on database " + text("select current_database()") + " to reconciler");
  }

  @AfterEach
  void the_role_is_gone() {
    execute("drop owned by reconciler cascade; drop role reconciler");
    owner.close();
  }

  @Test
  void a_role_called_like_the_engines_schema_takes_the_portals_tables_from_the_first_start_on() {
    for (int start = 1; start <= 2; start++) {
      try (HikariDataSource pool = pool()) {
        assertThat(new LeadsTable(pool, MAPPING).obstacles()).isEmpty();
        new Migrations(pool, MAPPING).migrate();
        assertThat(leadsOf(pool)).isEqualTo(2);
        assertThat(new Migrations(pool, MAPPING).upToDate()).isTrue();
        assertThat(described(pool))
            .containsExactly(
                "clients: public.clients, 0 rows",
                "leads: public.leads, 2 rows",
                "users: public.users, 0 rows");
      }
    }
    assertThat(tablesIn("reconciler")).doesNotContainAnyElementsOf(TABLES);
    assertThat(text("select schema_name from reconciler.portal")).isEqualTo("public");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create schema reconciler authorization reconciler",
        "create schema reconciler authorization reconciler;"
            + " create table reconciler.schema_history (installed_rank integer primary key,"
            + " version varchar(50), description varchar(200) not null, type varchar(20) not null,"
            + " script varchar(1000) not null, checksum integer, installed_by varchar(100) not null,"
            + " installed_on timestamp not null default now(), execution_time integer not null,"
            + " success boolean not null);"
            + " alter table reconciler.schema_history owner to reconciler"
      })
  void what_a_killed_first_start_left_changes_nothing(String left) {
    execute(left);

    try (HikariDataSource pool = pool()) {
      new Migrations(pool, MAPPING).migrate();

      assertThat(leadsOf(pool)).isEqualTo(2);
    }
    assertThat(tablesIn("reconciler")).doesNotContainAnyElementsOf(TABLES);
  }

  @Test
  void a_first_start_that_fails_leaves_nothing_behind() {
    execute("drop table users");
    try (HikariDataSource pool = pool()) {
      assertThat(new LeadsTable(pool, MAPPING).obstacles())
          .extracting(SchemaProblem::ddl)
          .containsExactly("grant create on schema public to reconciler");

      assertThatThrownBy(() -> new Migrations(pool, MAPPING).migrate())
          .hasMessageContaining("permission denied for schema public");

      assertThat(text("select to_regnamespace('reconciler') is null")).isEqualTo("t");
      execute("grant create on schema public to reconciler");
      new Migrations(pool, MAPPING).migrate();
      assertThat(leadsOf(pool)).isEqualTo(2);
    }
    assertThat(tablesIn("public")).containsAll(TABLES);
    execute("alter table users owner to postgres");
  }

  @Test
  void tables_that_an_earlier_version_made_for_itself_are_not_looked_at() {
    try (HikariDataSource pool = pool()) {
      new Migrations(pool, MAPPING).migrate();
    }
    execute("delete from reconciler.schema_history where cast(version as integer) >= 14");
    execute("drop index reconciler.conflict_settled, reconciler.conflict_record");
    execute("drop index reconciler.dead_letter_closed");
    execute("drop table reconciler.user_revision, reconciler.request_pace cascade");
    execute("drop table reconciler.token_permit");
    execute("alter table reconciler.watermark drop column doubted_since, drop column base_id");
    execute(
        "alter table reconciler.field drop column choices, drop column last_id, drop column place");
    execute("alter table reconciler.agreed_value drop column altered");
    execute("alter table reconciler.run drop column table_names");
    execute("drop table reconciler.run_change, reconciler.run_progress, reconciler.job");
    execute("drop index reconciler.run_outcome_started, reconciler.dead_letter_kind");
    OneTable.statements().forEach(PortalSchemaTest::execute);
    execute("drop table reconciler.portal; drop function reconciler.make_users(text, text)");
    TABLES.forEach(
        table -> execute("create table reconciler.%1$s (like public.%1$s)".formatted(table)));
    execute(
        "insert into reconciler.agreed_value values ('rec1', gen_random_uuid(), '{}', '{}', now(),"
            + " false)");

    try (HikariDataSource pool = pool()) {
      new Migrations(pool, MAPPING).migrate();

      assertThat(leadsOf(pool)).isEqualTo(2);
    }
    assertThat(text("select count(*) from reconciler.agreed_value")).isEqualTo("0");
  }

  @Test
  void a_table_that_stands_in_the_engines_schema_alone_is_pointed_at() {
    execute("create schema reconciler authorization reconciler");
    execute("alter table clients set schema reconciler");

    try (HikariDataSource pool = pool()) {
      assertThat(new LeadsTable(pool, MAPPING).obstacles())
          .extracting(SchemaProblem::ddl)
          .containsExactly("alter table reconciler.clients set schema public");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          app, public              | app.leads    | app holds tables of clients only
          reconciler, public       | public.leads | the engine's schema is no place to look
          other, app, public       | app.leads    | a schema without leads comes first
          nowhere, public, app     | public.leads | both have leads: the first one
          """)
  void the_portals_schema_is_the_first_that_has_leads(String path, String expected, String why) {
    execute("create schema other; create schema app");
    execute("grant usage on schema other, app to reconciler");
    if (expected.startsWith("app")) {
      TABLES.forEach(table -> execute("alter table public.%s set schema app".formatted(table)));
      execute("create table public.clients (id uuid)");
    } else {
      execute("create table app.leads (id uuid)");
    }
    execute("alter role reconciler set search_path = " + path);

    try (HikariDataSource pool = pool()) {
      new Migrations(pool, MAPPING).migrate();
      assertThat(place(pool, "leads")).as(why).isEqualTo(expected);
    }
    execute("alter role reconciler set search_path = other, reconciler");
    try (HikariDataSource pool = pool()) {
      assertThat(place(pool, "leads")).as("kept from then on").isEqualTo(expected);
      assertThat(leadsOf(pool)).isEqualTo(2);
    }
  }

  @Test
  void the_url_can_name_the_schema_and_another_one_with_leads_is_told_of() {
    execute("create schema app authorization reconciler");

    try (HikariDataSource pool = TestDatabase.pool(guestUrl() + "?schema=app")) {
      assertThat(new FirstStartPlan(pool, MAPPING).lines())
          .satisfiesExactly(
              line -> assertThat(line).contains(" as reconciler: it makes the schema reconciler"),
              line -> assertThat(line).startsWith("there is a table clients in another schema"),
              line ->
                  assertThat(line)
                      .startsWith("there is a table leads in another schema: public; if it is")
                      .endsWith("add ?schema=public to DATABASE_URL"),
              line -> assertThat(line).startsWith("there is a table users in another schema"));
      new Migrations(pool, MAPPING).migrate();
      assertThat(place(pool, "leads")).isEqualTo("app.leads");
      assertThat(new FirstStartPlan(pool, MAPPING).lines()).isEmpty();
    }
    assertThat(tablesIn("app")).containsExactlyElementsOf(TABLES);
  }

  @Test
  void a_schema_in_the_url_that_does_not_exist_is_refused() {
    try (HikariDataSource pool = TestDatabase.pool(guestUrl() + "?schema=absent")) {
      assertThat(new LeadsTable(pool, MAPPING).obstacles())
          .extracting(SchemaProblem::text)
          .containsExactly("the search_path (absent) names no schema that exists");
    }
  }

  @Test
  void a_schema_called_like_the_role_is_searched_like_any_other() {
    execute("create role staff login password 'staff' in role reconciler");
    execute("create schema staff authorization staff");
    try (HikariDataSource pool =
        TestDatabase.pool(url.replace("postgres:postgres@", "staff:staff@"))) {
      assertThat(place(pool, "leads")).isEqualTo("public.leads");
      execute("create table staff.leads (id uuid)");
    }
    try (HikariDataSource pool =
        TestDatabase.pool(url.replace("postgres:postgres@", "staff:staff@"))) {
      assertThat(place(pool, "leads")).isEqualTo("staff.leads");
    } finally {
      execute("drop schema staff cascade; drop owned by staff; drop role staff");
    }
  }

  private static HikariDataSource pool() {
    return TestDatabase.pool(guestUrl());
  }

  private static String guestUrl() {
    return url.replace("postgres:postgres@", "reconciler:reconciler@");
  }

  private static long leadsOf(HikariDataSource pool) {
    return JdbcClient.create(pool).sql("select count(*) from leads").query(Long.class).single();
  }

  private static List<String> described(HikariDataSource pool) {
    PortalTables tables = new PortalTables(pool);
    return tables.list().stream().map(tables::described).toList();
  }

  private static String place(HikariDataSource pool, String table) {
    return new PortalTables(pool)
        .list().stream().filter(t -> t.name().equals(table)).findFirst().orElseThrow().place();
  }

  private static List<String> tablesIn(String schema) {
    return JdbcClient.create(owner)
        .sql("select cast(tablename as text) from pg_tables where schemaname = :schema order by 1")
        .param("schema", schema)
        .query(String.class)
        .list();
  }

  private static void addLead(String schema, String record) {
    execute(
        "insert into %s.leads (id, client_id, airtable_record_id, created_at, updated_at)"
                .formatted(schema)
            + " values (gen_random_uuid(), gen_random_uuid(), '%s', now(), now())"
                .formatted(record));
  }

  private static String text(String sql) {
    return JdbcClient.create(owner).sql(sql).query(String.class).single();
  }

  private static void execute(String sql) {
    JdbcClient.create(owner).sql(sql).update();
  }
}
