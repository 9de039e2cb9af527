package io.reconciler.side.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.settings.DatabaseUrl;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Time-outs and the like that a role or a database has for everybody. */
class ConnectionSettingsTest {

  private static final String ROLE = "hurried";
  private static String url;
  private static HikariDataSource owner;

  @BeforeAll
  static void open() {
    url = TestDatabase.url();
    owner = TestDatabase.pool(url);
    execute("drop role if exists " + ROLE);
    execute("create role " + ROLE + " login password 'guest'");
  }

  @AfterAll
  static void close() {
    execute("drop role " + ROLE);
    owner.close();
  }

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource(
      nullValues = "",
      value = {
        ", statement_timeout, 58s",
        ", lock_timeout, 15s",
        ", transaction_timeout, 10min",
        ", default_transaction_isolation, read committed",
        ", jit, off",
        "?socketTimeout=300, statement_timeout, 290s",
        "?socketTimeout=0, statement_timeout, 0",
        "?options=-c%20statement_timeout=7s, statement_timeout, 7s",
        "?options=-c%20statement_timeout=7s, lock_timeout, 15s",
        "?options=-c%20statement_timeout=7s, transaction_timeout, 10min",
        "?options=-c%20statement_timeout=7s, jit, off",
        "?options=-c%20jit=on, jit, on",
        "?options=-c%20default_transaction_isolation=serializable, default_transaction_isolation, serializable"
      })
  void a_limit_that_the_role_has_is_not_ours_and_one_in_the_url_is(
      String query, String setting, String value) {
    execute("alter role " + ROLE + " set statement_timeout = '2s'");
    execute("alter role " + ROLE + " set lock_timeout = '3s'");
    execute("alter role " + ROLE + " set transaction_timeout = '1s'");
    execute("alter role " + ROLE + " set default_transaction_isolation = 'serializable'");
    execute("alter role " + ROLE + " set jit = on");

    assertThat(shown(query, setting)).isEqualTo(value);
  }

  @Test
  void where_there_is_no_limit_we_have_one() {
    execute("alter role " + ROLE + " reset all");

    assertThat(shown(null, "statement_timeout")).isEqualTo("58s");
  }

  @Test
  void nothing_of_it_outlives_the_connection() {
    execute("alter role " + ROLE + " set statement_timeout = '2s'");
    shown(null, "statement_timeout");

    try (HikariDataSource plain =
        Database.plain(DatabaseUrl.parse(guest()), 1, PatientWaits.PATIENCE)) {
      assertThat(JdbcClient.create(plain).sql("show statement_timeout").query(String.class).list())
          .isEqualTo(List.of("2s"));
    }
  }

  private static String shown(String query, String setting) {
    try (HikariDataSource pool = TestDatabase.pool(guest() + (query == null ? "" : query))) {
      return JdbcClient.create(pool).sql("show " + setting).query(String.class).single();
    }
  }

  private static String guest() {
    return url.replace("postgres:postgres@", ROLE + ":guest@");
  }

  private static void execute(String sql) {
    JdbcClient.create(owner).sql(sql).update();
  }
}
