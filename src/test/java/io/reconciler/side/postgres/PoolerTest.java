package io.reconciler.side.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.settings.DatabaseUrl;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.Ports;
import io.reconciler.world.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A pooler before the database: found in transaction mode, let be in session mode. */
class PoolerTest {

  private static final Duration WAIT = PatientWaits.PATIENCE;

  @TempDir private Path folder;

  @Test
  void a_direct_connection_is_no_pooler() {
    assertThat(Pooler.problem(DatabaseUrl.parse(TestDatabase.url()), WAIT)).isEmpty();
  }

  @Test
  void a_wrong_name_is_not_waited_for() {
    DatabaseUrl url =
        DatabaseUrl.parse(TestDatabase.url().replaceFirst("/[^/]*$", "/no_such_database"));

    assertThatThrownBy(() -> Pooler.problem(url, Duration.ofHours(1)))
        .hasRootCauseMessage("FATAL: database \"no_such_database\" does not exist");
  }

  @ParameterizedTest
  @CsvSource({"transaction, 1", "transaction, 20", "statement, 3"})
  void a_connection_that_is_shared_out_is_found_and_left_as_it_was(String mode, int size)
      throws Exception {
    String direct = TestDatabase.url();
    DatabaseUrl url = DatabaseUrl.parse(direct);
    int port = Ports.free();
    Process bouncer = start(url, port, mode, size);
    try {
      DatabaseUrl pooled = DatabaseUrl.parse(direct.replaceFirst(":[0-9]+/", ":" + port + "/"));

      assertThat(Pooler.problem(pooled, WAIT)).get().asString().contains("pool_mode = session");
      assertThat(settings(pooled)).isEqualTo(settings(url));
    } finally {
      bouncer.destroy();
    }
  }

  @Test
  void a_connection_that_stays_ours_is_none_and_is_given_back_as_it_was() throws Exception {
    String direct = TestDatabase.url();
    int port = Ports.free();
    Process bouncer = start(DatabaseUrl.parse(direct), port, "session", 2);
    try {
      DatabaseUrl pooled = DatabaseUrl.parse(direct.replaceFirst(":[0-9]+/", ":" + port + "/"));
      assertThat(Pooler.problem(pooled, WAIT)).isEmpty();
      try (HikariDataSource ours = Database.open(pooled, 2, WAIT)) {
        assertThat(JdbcClient.create(ours).sql("show search_path").query(String.class).single())
            .isEqualTo("public");
      }
      assertThat(settings(pooled)).startsWith("\"$user\", public|0");
    } finally {
      bouncer.destroy();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "aws-0-eu-central-1.pooler.supabase.com:6543, port 5432 instead of 6543",
    "ep-cool-dawn-123456-pooler.eu-central-1.aws.neon.tech, without -pooler",
    "portal.proxy-abc.eu-central-1.rds.amazonaws.com, instead of the RDS proxy's",
    "db.example.com:6432, pool_mode = session"
  })
  void what_to_use_instead_is_said(String host, String advice) {
    assertThat(Pooler.text(DatabaseUrl.parse("postgresql://u:p@" + host + "/portal")))
        .startsWith("DATABASE_URL leads to a pooler in transaction mode")
        .contains(advice)
        .doesNotContain("\n");
  }

  /** What a new client finds set. */
  private static String settings(DatabaseUrl url) {
    try (HikariDataSource plain = Database.plain(url, 1, WAIT)) {
      return JdbcClient.create(plain)
          .sql(
              "select current_setting('search_path') || '|'"
                  + " || current_setting('idle_in_transaction_session_timeout')")
          .query(String.class)
          .single();
    }
  }

  private Process start(DatabaseUrl url, int port, String mode, int size) throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/sbin/pgbouncer")), "pgbouncer is not installed here");
    String target = url.jdbcUrl().replaceFirst("^.*:([0-9]+)/(.*)$", "port=$1 dbname=$2");
    Path users = Files.writeString(folder.resolve("users"), "\"postgres\" \"postgres\"\n");
    Path file =
        Files.writeString(
            folder.resolve("pgbouncer.ini"),
            """
            [databases]
            * = host=127.0.0.1 %s user=postgres password=postgres
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = trust
            auth_file = %s
            pool_mode = %s
            default_pool_size = %d
            ignore_startup_parameters = extra_float_digits
            """
                .formatted(target, port, users, mode, size));
    // It does not run as root; whoever it becomes must be able to read these.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> command =
        root
            ? List.of("/usr/sbin/pgbouncer", "-u", "nobody", file.toString())
            : List.of("/usr/sbin/pgbouncer", file.toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }
}
