package io.reconciler.side.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.settings.DatabaseUrl;
import io.reconciler.world.Ports;
import io.reconciler.world.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long a request waits for a lock. */
class BriefWaitsTest {

  private static final String URL = TestDatabase.url();

  @ParameterizedTest
  @CsvSource({
    "'', 4s",
    "?options=-c%20lock_timeout=700ms, 700ms",
    "?options=-c%20lock_timeout=4s, 4s",
    "?options=-c%20lock_timeout=5min, 4s",
    "?options=-c%20lock_timeout=0, 4s",
    "?socketTimeout=4, 1933ms"
  })
  void it_is_short_but_no_longer_than_the_url_says(String query, String wait) {
    try (HikariDataSource pool = TestDatabase.pool(URL + query)) {
      String before = JdbcClient.create(pool).sql("show lock_timeout").query(String.class).single();

      assertThat(BriefWaits.on(pool).sql("show lock_timeout").query(String.class).single())
          .isEqualTo(wait);
      assertThat(
              BriefWaits.on(pool)
                  .sql("create table if not exists brief (id int primary key)")
                  .update())
          .isZero();
      assertThat(JdbcClient.create(pool).sql("show lock_timeout").query(String.class).single())
          .isEqualTo(before);
    }
  }

  @Test
  void what_is_written_is_committed_and_what_fails_is_told_as_ever() {
    try (HikariDataSource pool = TestDatabase.pool(URL)) {
      JdbcClient brief = BriefWaits.on(pool);
      JdbcClient other = JdbcClient.create(pool);
      other.sql("create table kept (id int primary key deferrable initially immediate)").update();
      String insert = "insert into kept values (?) returning id";
      assertThat(brief.sql("insert into kept values (?)").param(1).update()).isEqualTo(1);
      assertThat(brief.sql(insert).param(2).query(Integer.class).single()).isEqualTo(2);

      assertThatThrownBy(() -> brief.sql(insert).param(2).query(Integer.class).single())
          .isInstanceOf(DuplicateKeyException.class);
      assertThat(other.sql("select count(*) from kept").query(Long.class).single()).isEqualTo(2);
    }
  }

  @Test
  void a_session_that_ends_in_the_middle_is_a_database_that_is_away() {
    try (HikariDataSource pool = TestDatabase.pool(URL)) {
      JdbcClient brief = BriefWaits.on(pool);

      assertThatThrownBy(
              () ->
                  brief
                      .sql("select pg_terminate_backend(pg_backend_pid())")
                      .query(Boolean.class)
                      .single())
          .isInstanceOf(DataAccessException.class)
          .matches(DatabaseAway::lost)
          .matches(DatabaseAway::isShut);
    }
  }

  @Test
  void a_database_that_is_away_is_no_connection() {
    DatabaseUrl nowhere = DatabaseUrl.parse(URL.replaceFirst(":[0-9]+/", ":" + Ports.free() + "/"));
    try (HikariDataSource pool = Database.open(nowhere, 1, Duration.ofMillis(500))) {
      assertThatThrownBy(() -> BriefWaits.on(pool).sql("select 1").query(Integer.class).single())
          .isInstanceOf(DataAccessException.class)
          .matches(DatabaseAway::isShut);
    }
  }
}
