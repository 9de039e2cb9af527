package io.reconciler.side.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.settings.UsersTable;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.rules.LeadsTable;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** First starts where a renamed table of the portal's holds the names of indexes. */
@SideBySide
class TakenNamesTest {

  private static final MappingSet MAPPINGS = MappingSet.of(World.defaultMapping());
  private static final UsersTable OTHER = new UsersTable("crm", "sync_users");

  private HikariDataSource database;
  private JdbcClient jdbc;

  @BeforeEach
  void empty() {
    database = TestDatabase.pool(TestDatabase.url());
    jdbc = JdbcClient.create(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void execute(String sql) {
    jdbc.sql(sql).update();
  }

  private List<String> texts(String sql) {
    return jdbc.sql(sql).query(String.class).list();
  }

  private void migrate(UsersTable users) {
    new Migrations(database, MAPPINGS, users).migrate();
  }

  private void assertWhole(UsersTable users) {
    assertThat(new Migrations(database, MAPPINGS, users).upToDate()).isTrue();
    assertThat(new LeadsTable(database, MAPPINGS, users).problems()).isEmpty();
    assertThatThrownBy(
            () -> {
              for (String email : List.of("ann@x.com", "ANN@x.com")) {
                jdbc.sql(
                        "insert into %s (id, email, password_hash, role) values (:id, :email, '', 'SUPER_ADMIN')"
                            .formatted(users.sql()))
                    .param("id", UUID.randomUUID())
                    .param("email", email)
                    .update();
              }
            })
        .hasMessageContaining("duplicate key");
  }

  @Test
  void a_table_that_was_users_once_keeps_the_name_of_its_index() {
    execute("create table users_old (id serial primary key, email text)");
    execute("create unique index idx_users_email on users_old (lower(email))");
    execute("insert into users_old (email) values ('bob@x.com')");

    migrate(UsersTable.PORTALS);

    assertWhole(UsersTable.PORTALS);
    assertThat(texts("select email from users_old")).containsExactly("bob@x.com");
    assertThat(texts("select indexname from pg_indexes where tablename = 'users_old' order by 1"))
        .containsExactly("idx_users_email", "users_old_pkey");
  }

  @Test
  void users_at_another_place_are_made_there_at_the_first_start_and_after_it() {
    execute("create schema crm");
    for (String name : List.of("at_first", "later", "at_last")) {
      migrate(OTHER);
      assertWhole(OTHER);
      execute("alter table crm.sync_users rename to " + name);
      assertThat(new LeadsTable(database, MAPPINGS, OTHER).signIn())
          .singleElement()
          .satisfies(
              problem ->
                  assertThat(problem.text())
                      .startsWith("no table sync_users in the schema crm; bring it back"));
    }
    assertThat(texts("select tablename from pg_tables where schemaname = 'crm' order by 1"))
        .containsExactly("at_first", "at_last", "later");
  }

  @Test
  void at_the_first_start_users_at_another_place_find_their_index_taken() {
    execute("create schema crm");
    execute("create table crm.people (email text)");
    execute("create index idx_sync_users_email on crm.people (email)");

    migrate(OTHER);

    assertWhole(OTHER);
  }

  @Test
  void a_schema_that_is_not_there_is_no_missing_right() {
    assertThat(new LeadsTable(database, MAPPINGS, OTHER).obstacles())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.text())
                  .isEqualTo(
                      "there is no schema crm for the table crm.sync_users, which RECONCILER_USERS_TABLE names");
              assertThat(problem.ddl()).startsWith("create schema crm");
            });
    assertThat(texts("select nspname from pg_namespace where nspname in ('crm', 'reconciler')"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"clients", "leads"})
  void tables_that_were_clients_or_leads_once_keep_theirs(String table) {
    migrate(UsersTable.PORTALS);
    execute("drop schema reconciler cascade");
    execute("alter table %1$s rename to %1$s_old".formatted(table));
    String names = "select indexname from pg_indexes where tablename = '%s_old' order by 1";
    List<String> before = texts(names.formatted(table));

    migrate(UsersTable.PORTALS);

    assertWhole(UsersTable.PORTALS);
    assertThat(texts(names.formatted(table))).isEqualTo(before).isNotEmpty();
    assertThat(texts("select tablename from pg_tables where schemaname = 'reconciler'"))
        .doesNotContain("clients", "leads", "users");
  }
}
