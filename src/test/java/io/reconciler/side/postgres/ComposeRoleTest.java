package io.reconciler.side.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.rules.LeadsTable;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The role that the script of {@code compose.yaml} makes; needs psql. */
class ComposeRoleTest {

  private static final Mapping MAPPING = World.defaultMapping();
  private static final String PASSWORD = "0123abc";
  private final String url = TestDatabase.url();
  private final String roleUrl = url.replace("postgres:postgres@", "leads_sync:" + PASSWORD + "@");
  @TempDir private Path secrets;

  @AfterEach
  void noRole() {
    try (HikariDataSource owner = TestDatabase.pool(url)) {
      JdbcClient jdbc = JdbcClient.create(owner);
      jdbc.sql(
              "do $$ begin if to_regrole('leads_sync') is not null then drop owned by leads_sync"
                  + " cascade; drop role leads_sync; end if; end $$")
          .update();
    }
  }

  @Test
  void a_new_database_gets_a_role_that_is_no_superuser_and_can_start() throws Exception {
    assumeTrue(hasPsql(), "there is no psql");

    assertThat(script(roleUrl)).isEmpty();

    try (HikariDataSource program = TestDatabase.pool(roleUrl)) {
      new Migrations(program, MAPPING).migrate();
      assertThat(new LeadsTable(program, MAPPING).problems()).isEmpty();
      assertThat(
              JdbcClient.create(program)
                  .sql(
                      "select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls from pg_roles"
                          + " where rolname = current_user")
                  .query(Boolean.class)
                  .single())
          .isFalse();
    }
  }

  @Test
  void what_the_superuser_made_before_becomes_the_roles_own() throws Exception {
    assumeTrue(hasPsql(), "there is no psql");
    try (HikariDataSource owner = TestDatabase.pool(url)) {
      new Migrations(owner, MAPPING).migrate();
      JdbcClient.create(owner).sql("create table mine (id integer)").update();
    }

    assertThat(script(roleUrl)).isEmpty();
    assertThat(script(roleUrl)).as("a second time").isEmpty();

    try (HikariDataSource program = TestDatabase.pool(roleUrl)) {
      assertThat(new Migrations(program, MAPPING).upToDate()).isTrue();
      assertThat(new LeadsTable(program, MAPPING).problems()).isEmpty();
      assertThat(
              JdbcClient.create(program)
                  .sql(
                      "select cast(relname as text) from pg_class c where relkind in ('r', 'S', 'i')"
                          + " and relnamespace in (cast('public' as regnamespace),"
                          + " cast('reconciler' as regnamespace))"
                          + " and pg_get_userbyid(relowner) <> 'leads_sync'")
                  .query(String.class)
                  .list())
          .containsExactly("mine");
    }
  }

  @Test
  void a_url_of_another_role_is_refused_without_its_password() throws Exception {
    assertThat(script(url.replace("postgres:postgres@", "other:hidden@")))
        .contains("must begin with postgresql://leads_sync:")
        .doesNotContain("hidden");
  }

  /** What it says, which is nothing when all is well. */
  private String script(String databaseUrl) throws Exception {
    Files.writeString(secrets.resolve("DATABASE_URL"), databaseUrl + "\n");
    Files.writeString(secrets.resolve("POSTGRES_PASSWORD"), "postgres\n");
    URI place = URI.create(url);
    ProcessBuilder builder =
        new ProcessBuilder("sh", "deploy/postgres/program-role.sh").redirectErrorStream(true);
    builder.environment().put("RECONCILER_SECRETS_DIR", secrets.toString());
    builder.environment().put("POSTGRES_USER", "postgres");
    builder.environment().put("POSTGRES_DB", place.getPath().substring(1));
    builder.environment().put("PGHOST", place.getHost());
    builder.environment().put("PGPORT", String.valueOf(place.getPort()));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor() == 0).as(said).isEqualTo(said.isEmpty());
    return said;
  }

  private static boolean hasPsql() {
    return Stream.of(String.valueOf(System.getenv("PATH")).split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "psql")));
  }
}
