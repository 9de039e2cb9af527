package io.reconciler.side.postgres.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.side.postgres.SqlFile;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the search for push candidates reads, among many leads of which few changed. */
class CandidatesPlanTest {

  private static final String CLIENT = "'11111111-1111-1111-1111-111111111111'";
  private static final String LEADS =
      """
      insert into leads (id, client_id, airtable_record_id, notes, is_active, created_at, updated_at)
      select gen_random_uuid(), %s, 'rec' || n, 'note ' || n, true, now(),
        now() - interval '1 day' - n * interval '1 minute'
      from generate_series(1, 20000) n;
      insert into reconciler.agreed_value
      select airtable_record_id, client_id, jsonb_build_object('notes', notes), '{}', updated_at,
        airtable_record_id like 'rec1999_'
      from leads;
      update leads set updated_at = now() - interval '5 minutes' where airtable_record_id like 'rec777_';
      insert into reconciler.dead_letter (id, client_id, run_id, stage, airtable_record_id, field,
        reason, payload, attempts, first_at, last_at, next_attempt_at, status)
      select gen_random_uuid(), client_id, gen_random_uuid(), 'push', airtable_record_id, '', '', '{}',
        1, now(), now(), now() + case when airtable_record_id like 'rec13_' or airtable_record_id
        like 'rec14_' then interval '0' else interval '1 hour' end, 'open'
      from leads where airtable_record_id like 'rec1__';
      analyze
      """;
  private static HikariDataSource database;

  @BeforeAll
  static void open() throws SQLException {
    database = TestDatabase.pool(TestDatabase.migratedUrl());
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(LEADS.formatted(CLIENT));
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void only_the_changed_and_the_waiting_are_read(String plans) throws SQLException {
    String since = "'' || (now() - interval '20 minutes')";
    String values =
        "'60 seconds', 'false', %1$s, %2$s, '', %1$s, %1$s, '', %2$s".formatted(CLIENT, since);

    String plan = plan(plans, statement("pushCandidates"), 9, values);

    assertThat(plan)
        .contains("actual rows=20 ")
        .doesNotContain("Seq Scan on leads", "Seq Scan on agreed_value");
    // 20 candidates, a handful of pages for each.
    assertThat(pages(plan)).isLessThan(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void a_sweep_goes_through_the_leads_in_the_order_of_their_records(String plans)
      throws SQLException {
    String values = "'60 seconds', 'false', %s, 'rec5'".formatted(CLIENT);

    String plan = plan(plans, statement("everyPushCandidate"), 4, values);

    assertThat(plan).contains("actual rows=500 ").contains("idx_leads_airtable_record");
    assertThat(pages(plan)).isLessThan(6_000);
  }

  @Test
  void nor_does_a_sweep_read_a_table_whole_of_which_nothing_is_known_yet() throws SQLException {
    String values = "'60 seconds', 'false', %s, 'rec5'".formatted(CLIENT);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("delete from pg_statistic where starelid = cast('leads' as regclass)");
      statement.execute(SqlFile.read("keep-index-order"));

      String plan =
          plan(connection, "force_custom_plan", statement("everyPushCandidate"), 4, values);

      connection.rollback();
      assertThat(plan)
          .contains("Index Scan using idx_leads_airtable_record")
          .doesNotContain("Sort", "Bitmap");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void the_due_are_found_from_their_dead_letters(String plans) throws SQLException {
    String values = "'60 seconds', %1$s, %1$s".formatted(CLIENT);

    String plan = plan(plans, statement("duePushCandidates"), 3, values);

    assertThat(plan).contains("actual rows=20 ").doesNotContain("Seq Scan on leads");
    assertThat(pages(plan)).isLessThan(1_000);
  }

  private static String statement(String name) {
    return Objects.requireNonNull(new LeadStatements(World.defaultMapping()).byName().get(name));
  }

  private static int pages(String plan) {
    return Integer.parseInt(plan.replaceAll("(?s)^.*?shared hit=(\\d+).*$", "$1"));
  }

  private static String plan(String plans, String statement, int parameters, String values)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      return plan(connection, plans, statement, parameters, values);
    }
  }

  private static String plan(
      Connection connection, String plans, String statement, int parameters, String values)
      throws SQLException {
    String sql = statement;
    for (int n = 1; n <= parameters; n++) {
      sql = sql.replaceFirst(":#\\$\\{[^}]*}", "\\$" + n);
    }
    try (Statement run = connection.createStatement()) {
      run.execute("set plan_cache_mode = " + plans);
      String types = ", text".repeat(parameters).substring(2);
      run.execute("prepare wanted (" + types + ") as " + sql);
      try (ResultSet rows =
          run.executeQuery(
              "explain (analyze, buffers, costs off, timing off) execute wanted ("
                  + values
                  + ")")) {
        StringBuilder text = new StringBuilder();
        while (rows.next()) {
          text.append(rows.getString(1)).append('\n');
        }
        return text.toString();
      } finally {
        run.execute("deallocate wanted");
        run.execute("reset plan_cache_mode");
      }
    }
  }
}
