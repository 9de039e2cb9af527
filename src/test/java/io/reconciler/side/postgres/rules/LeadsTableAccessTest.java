package io.reconciler.side.postgres.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.settings.UsersTable;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rights of a database user that owns nothing. */
@SideBySide
class LeadsTableAccessTest {

  private static final Mapping MAPPING = World.defaultMapping();
  private static final String ALL_TABLES = "select, insert, update on all tables in schema ";
  private static UndoneChanges database;

  @BeforeAll
  static void open() {
    database = new UndoneChanges(TestDatabase.pool(TestDatabase.migratedUrl()), MAPPING);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void everything_granted() {
    database.undo();
    // Undone as well.
    execute("create role guest login password 'guest'");
    execute("grant usage on schema public, reconciler to guest");
    execute("grant " + ALL_TABLES + "public, reconciler to guest");
  }

  @Test
  void a_user_with_every_right_has_no_problem() {
    assertThat(problems()).isEmpty();
  }

  @Test
  void rights_on_the_columns_alone_will_do() {
    execute("revoke insert, update on leads from guest");
    execute(
        "do $$ begin execute (select format('grant insert (%1$s), update (%1$s) on leads to guest',"
            + " string_agg(quote_ident(attname), ',')) from pg_attribute"
            + " where attrelid = 'leads'::regclass and attnum > 0 and attname <> 'campaign_id'); end $$");

    assertThat(problems()).isEmpty();
  }

  @Test
  void a_user_who_may_not_write_leads_is_refused() {
    execute("revoke insert, update on leads from guest");

    SchemaProblem problem = only("guest may not insert, update on leads");
    execute(problem.ddl());

    assertThat(problem.fatal()).isTrue();
    assertThat(problems()).isEmpty();
  }

  @Test
  void the_columns_are_named_where_a_right_is_missing_on_some_of_them() {
    onlyOn("update", "attname not in ('title', 'notes')");
    onlyOn("select", "attname <> 'title'");
    execute("revoke insert on leads from guest");

    SchemaProblem problem =
        only(
            "guest may not insert on leads, select column title of leads,"
                + " update columns title, notes of leads");
    assertThat(problem.ddl())
        .isEqualTo("grant select (title), insert, update (title, notes) on public.leads to guest");
    execute(problem.ddl());

    assertThat(problem.fatal()).isTrue();
    assertThat(problems()).isEmpty();
  }

  private static void onlyOn(String right, String columns) {
    execute("revoke " + right + " on leads from guest");
    execute(
        ("do $$ begin execute (select format('grant %s (%%s) on leads to guest',"
                + " string_agg(quote_ident(attname), ',')) from pg_attribute"
                + " where attrelid = 'leads'::regclass and attnum > 0 and not attisdropped"
                + " and %s); end $$")
            .formatted(right, columns));
  }

  @Test
  void clients_need_only_be_read_to_run() {
    execute("revoke insert, update on clients from guest");
    SchemaProblem writing = only("guest may not insert, update on clients");
    execute("revoke select on clients from guest");
    SchemaProblem reading = only("guest may not select, insert, update on clients");

    execute(reading.ddl());

    assertThat(writing.fatal()).isFalse();
    assertThat(reading.fatal()).isTrue();
    assertThat(problems()).isEmpty();
  }

  @Test
  void users_matter_to_signing_in_and_not_to_a_run() {
    execute("revoke select, insert on users from guest");
    SchemaProblem reading = only("guest may not select, insert on users");
    execute("alter table users drop column password_hash");
    SchemaProblem column = only("users has no column password_hash");

    execute(reading.ddl());
    execute(column.ddl());
    execute("grant " + ALL_TABLES + "public to guest");

    assertThat(List.of(reading.fatal(), column.fatal())).containsOnly(false);
    assertThat(problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table users drop column id; alter table users add id serial primary key",
        "alter table users alter id type varchar(36)",
        "alter table users alter role type integer using 0",
        "alter table users add tenant text not null",
        "alter table users add column flag boolean generated always as (true) stored,"
            + " drop column is_active; alter table users rename column flag to is_active"
      })
  void no_change_of_the_portals_own_users_is_advised(String change) {
    execute("alter table users drop constraint users_role_check");
    execute("alter table users drop column password_hash");
    execute(change);

    List<SchemaProblem> about =
        problems().stream().filter(problem -> problem.text().contains("users")).toList();

    assertThat(about).isNotEmpty().noneMatch(SchemaProblem::fatal);
    assertThat(about)
        .allSatisfy(
            problem -> {
              assertThat(problem.ddl()).isEmpty();
              assertThat(problem.text()).contains("set RECONCILER_USERS_TABLE");
            });
    execute("grant create on schema public to guest");
    assertThat(
            problems(new UsersTable(null, "sync_users")).stream()
                .filter(problem -> problem.text().contains("users")))
        .isEmpty();
  }

  @Test
  void the_engines_own_tables_must_be_usable() {
    execute("revoke update on reconciler.dead_letter from guest");

    assertThat(only("guest may not read and write the engine's tables").fatal()).isTrue();
  }

  @Test
  void what_is_missing_must_be_makeable() {
    execute("drop schema reconciler cascade");
    execute("drop table leads");
    execute("revoke create on schema public from public");

    SchemaProblem leads = only("guest may not make the missing table leads");
    SchemaProblem engine = only("guest may not make the engine's schema reconciler");
    execute(leads.ddl());
    execute(engine.ddl());

    assertThat(List.of(leads.fatal(), engine.fatal())).containsOnly(true);
    assertThat(problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"leads", "clients"})
  void a_table_of_which_policies_hide_everything_is_refused_and_the_policy_helps(String name) {
    execute("alter table " + name + " enable row level security");

    SchemaProblem problem = only("row security is on for " + name);
    execute(problem.ddl());

    assertThat(problem.fatal()).isTrue();
    assertThat(problem.text()).contains("no policy lets guest select, insert, update");
    assertThat(problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          create policy a on leads for select using (true)       | guest insert, update: it sees rows that it can't write
          create policy a on leads to postgres using (true)      | guest select, insert, update: it sees no row
          create policy a on leads as restrictive using (true)   | guest select, insert, update: it sees no row
          """)
  void policies_for_others_or_for_reading_alone_are_not_enough(String policy, String text) {
    execute("alter table leads enable row level security");
    execute(policy);

    SchemaProblem problem = only("row security is on for leads");

    assertThat(problem.fatal()).isTrue();
    assertThat(problem.text()).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create policy a on leads using (is_active)",
        "create policy a on leads using (true) with check (is_active)",
        "create policy a on leads using (true); create policy b on leads as restrictive using (is_active)",
        "create policy a on leads for select using (true); create policy b on leads for insert with check (true);"
            + " create policy c on leads for update using (is_active)"
      })
  void rows_that_policies_may_hide_are_worth_a_word(String policies) {
    execute("alter table leads enable row level security");
    execute(policies);

    assertThat(only("row security is on for leads").fatal()).isFalse();
  }

  @Test
  void policies_that_show_and_take_every_row_are_not_mentioned() {
    for (String table : List.of("leads", "clients", "users")) {
      execute("alter table " + table + " enable row level security");
      execute("create policy a on " + table + " as restrictive for delete using (false)");
      execute("create policy b on " + table + " to guest using (true)");
    }

    assertThat(problems()).isEmpty();
  }

  @Test
  void users_that_policies_hide_keep_no_run_from_starting() {
    execute("alter table users enable row level security");

    assertThat(only("row security is on for users").fatal()).isFalse();
  }

  @Test
  void a_search_path_without_a_schema_is_refused() {
    execute("drop schema reconciler cascade");
    execute("drop schema if exists public cascade");
    execute("grant create on database " + database() + " to guest");

    assertThat(only("the search_path (public) names no schema that exists").fatal()).isTrue();
  }

  private static String database() {
    return JdbcClient.create(database.database())
        .sql("select current_database()")
        .query(String.class)
        .single();
  }

  private static List<SchemaProblem> problems() {
    return problems(UsersTable.PORTALS);
  }

  /** As the guest sees them: session_user and current_user, as if it had signed in. */
  private static List<SchemaProblem> problems(UsersTable users) {
    execute("set session authorization guest");
    List<SchemaProblem> problems =
        new LeadsTable(database.database(), MappingSet.of(MAPPING), users).problems();
    execute("reset session authorization");
    return problems;
  }

  private static SchemaProblem only(String text) {
    List<SchemaProblem> problems =
        problems().stream().filter(problem -> problem.text().startsWith(text)).toList();
    assertThat(problems).as("%s among %s", text, problems()).hasSize(1);
    return problems.get(0);
  }

  private static void execute(String sql) {
    database.execute(sql);
  }
}
