package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.service.user.UserTable;
import io.reconciler.world.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What a service says of its users when it has started. */
class FirstUserHintTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void a_service_nobody_can_sign_in_to_says_how_to_make_the_first_user() {
    try (HikariDataSource database = TestDatabase.pool(TestDatabase.url())) {
      JdbcClient jdbc = JdbcClient.create(database);
      jdbc.sql("create table users (id uuid primary key)").update();

      print(jdbc);
      jdbc.sql("insert into users values (gen_random_uuid())").update();
      print(jdbc);
    }

    assertThat(said.toString())
        .containsOnlyOnce("nobody can sign in yet: reconciler user add")
        .hasLineCount(1);
  }

  @Test
  void a_database_that_is_away_just_then_ends_nothing() {
    print(JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://localhost:1/none")));

    assertThat(said.toString()).isEmpty();
  }

  private void print(JdbcClient jdbc) {
    FirstUserHint.print(new UserTable(jdbc), new PrintStream(said, true));
  }
}
