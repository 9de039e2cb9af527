package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.verify.Cause;
import io.reconciler.engine.verify.VerifyResult;
import io.reconciler.program.command.CommandAnswer;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Triggers of the portal that put Airtable's own values into another form. */
@SideBySide(SideBySide.Lane.RUNS)
class NormalisingTriggersTest extends WorldTest {

  private static final String NAME = "  Ann  MARIE ";
  private static final String TIDY =
      "new.first_name := lower(btrim(regexp_replace(new.first_name, ' +', ' ', 'g')))";

  @AfterEach
  void drop() {
    execute("drop trigger if exists normalise on leads");
  }

  private void normalising(String moment, String body) {
    execute(
        "create or replace function normalise() returns trigger language plpgsql as $$ begin "
            + body
            + "; return new; end $$");
    execute(
        "create trigger normalise "
            + moment
            + " insert or update on leads for each row execute function normalise()");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          before | new.first_name := lower(new.first_name)            | '  ann  marie '
          before | new.first_name := btrim(new.first_name)            | 'Ann  MARIE'
          before | new.first_name := ''                               | ''
          after  | update leads set first_name = 'x' where id = new.id and first_name <> 'x' | x
          """)
  void an_altered_value_is_written_once_and_stays_as_it_is(
      String moment, String body, String held) {
    normalising(moment, body);
    String made = leads.create(Map.of("First Name", NAME, "Last Name", "New"));
    String changed = leads.create(Map.of("First Name", "", "Last Name", "Old"));

    fullSync();
    leads.update(changed, Map.of("First Name", NAME));
    sync();
    List<String> rows = rows();
    RunResult dry = world.run(dryRun(true));
    RunResult sweep = fullSync();
    RunResult again = fullSync();

    for (RunResult run : List.of(dry, sweep, again)) {
      assertThat(run.stage1().updated()).isZero();
      assertThat(run.stage2().recordsProcessed()).isZero();
      assertThat(run.errorCount()).isZero();
    }
    assertThat(rows()).isEqualTo(rows);
    for (String id : List.of(made, changed)) {
      assertThat(world.lead(id)).containsEntry("first_name", held);
      assertThat(cell(id, "First Name")).isEqualTo(NAME);
    }
    assertThat(writes()).isZero();
    assertThat(world.count("select count(*) from reconciler.dead_letter")).isZero();
  }

  @Test
  void verify_names_the_cause() {
    normalising("before", TIDY);
    leads.create(Map.of("First Name", NAME));
    String other = leads.create(Map.of("First Name", "bob"));
    fullSync();
    execute("drop trigger normalise on leads");
    normalising("before", "new.last_name := new.last_name");
    leads.update(other, Map.of("First Name", "eve"));

    VerifyResult verified = verify();

    assertThat(verified.different()).isEqualTo(2);
    assertThat(verified.causes())
        .containsEntry(Cause.ALTERED, 1L)
        .containsEntry(Cause.UNEXPLAINED, 1L);
    assertThat(Cause.ALTERED.text()).isEqualTo("altered by the database");
    CommandAnswer check = CommandAnswer.to(world.environment(), "", "check");
    assertThat(check.out() + check.err())
        .contains(
            "leads.first_name: in 1 row a trigger or the column's type altered what was written");
    assertThat(world.lead(other)).containsEntry("first_name", "bob");
    assertThat(cell(other, "First Name")).isEqualTo("eve");
  }

  @Test
  void a_later_edit_in_airtable_is_pulled_and_other_columns_too() {
    normalising("before", TIDY);
    String id = leads.create(Map.of("First Name", NAME));
    fullSync();

    leads.update(id, Map.of("Last Name", "Lee"));
    RunResult other = sync();
    leads.update(id, Map.of("First Name", "EVE"));
    RunResult same = sync();

    assertThat(other.stage1().updated()).isEqualTo(1);
    assertThat(same.stage1().updated()).isEqualTo(1);
    assertThat(world.lead(id)).containsEntry("first_name", "eve").containsEntry("last_name", "Lee");
    assertThat(cell(id, "First Name")).isEqualTo("EVE");
    leads.update(id, Map.of("First Name", "eve"));
    fullSync();
    assertThat(fullSync().stage1().updated()).isZero();
    assertThat(world.sides().differences()).isEmpty();
    assertThat(text("select cast(altered as text) from reconciler.agreed_value")).isEqualTo("{}");
  }

  @Test
  void a_column_that_somebody_edits_by_hand_is_repaired() {
    normalising("before", TIDY);
    String id = leads.create(Map.of("First Name", NAME));
    fullSync();
    execute("update leads set first_name = 'mallory', updated_at = now() - interval '1 hour'");

    assertThat(verify().causes()).containsEntry(Cause.UNEXPLAINED, 1L);
    RunResult sweep = fullSync();

    assertThat(sweep.stage1().updated()).isEqualTo(1);
    assertThat(world.lead(id)).containsEntry("first_name", "ann marie");
    assertThat(cell(id, "First Name")).isEqualTo(NAME);
    assertThat(fullSync().stage1().updated()).isZero();
    assertThat(writes()).isZero();
  }

  @Test
  void without_the_trigger_the_value_comes_as_it_is() {
    normalising("before", TIDY);
    String id = leads.create(Map.of("First Name", NAME));
    fullSync();
    execute("drop trigger normalise on leads");

    assertThat(verify().causes()).containsEntry(Cause.UNEXPLAINED, 1L);
    assertThat(fullSync().stage1().updated()).isEqualTo(1);

    assertThat(world.lead(id)).containsEntry("first_name", NAME);
    assertThat(world.sides().differences()).isEmpty();
    assertThat(fullSync().stage1().updated()).isZero();
  }

  @Test
  void an_edit_of_the_portal_goes_its_way_beside_it() {
    normalising("before", TIDY);
    String id = leads.create(Map.of("First Name", NAME));
    fullSync();
    claim(id, ALICE, Duration.ofMinutes(2));

    RunResult run = sync();
    world.sandbox().clearLogs();

    assertThat(run.stage2().updated()).isEqualTo(1);
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(cell(id, "First Name")).isEqualTo(NAME);
    assertThat(world.lead(id)).containsEntry("first_name", "ann marie");
    RunResult sweep = fullSync();
    assertThat(sweep.stage1().updated()).isZero();
    assertThat(writes()).isZero();
  }

  private VerifyResult verify() {
    return Objects.requireNonNull(
        world.engine().verify(world.request(20, true), ProgressListener.NONE).get(0).result());
  }

  private List<String> rows() {
    return world
        .jdbc()
        .sql(
            "select xmin || ' ' || l from leads l union all"
                + " select xmin || ' ' || a from reconciler.agreed_value a order by 1")
        .query(String.class)
        .list();
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
