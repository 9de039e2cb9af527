package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.verify.Cause;
import io.reconciler.engine.verify.VerifyOutcome;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns that get other types while the engine runs: each run goes by those that it finds. */
@SideBySide(SideBySide.Lane.RUNS)
class RetypedColumnsTest extends WorldTest {

  private static final World OWN = World.open(Map.of());
  private static final String TO_ENUM =
      "create type stage as enum ('New', 'Contacted');"
          + " alter table leads alter status drop default, alter status type stage using status::stage";
  private static final String TO_TEXT =
      "alter table leads alter status type varchar(50) using status::text,"
          + " alter status set default 'New'; drop type if exists stage; drop type if exists step";

  RetypedColumnsTest() {
    super(OWN);
  }

  @AfterAll
  static void close() {
    OWN.close();
  }

  @Test
  void an_enum_in_a_texts_place_is_written_and_its_labels_count_from_the_next_run_on() {
    List<String> ids = reconciled(4);
    execute(TO_ENUM);
    try {
      claim(ids.get(3), ALICE, GRACE_OVER);
      leads.update(ids.get(0), Map.of("SMS Status", "Contacted"));
      leads.update(ids.get(1), Map.of("SMS Status", "Lost", "First Name", "Ada"));
      String born = leads.create(Map.of("First Name", "Born", "SMS Status", "Contacted"));

      RunResult run = sync();

      assertThat(world.lead(ids.get(0)).get("status")).hasToString("Contacted");
      assertThat(world.lead(born).get("status")).hasToString("Contacted");
      assertThat(world.lead(ids.get(1)).get("status")).hasToString("New");
      assertThat(world.lead(ids.get(1))).containsEntry("first_name", "Ada");
      assertThat(run.errorCount()).isOne();
      assertThat(run.stage1().errors()).singleElement().asString().contains("Lost", "New");
      assertThat(cell(ids.get(3), "Claimed By")).isEqualTo(ALICE.toString());
      assertThat(unexplained()).isZero();

      execute("alter type stage add value 'Lost'");
      execute("alter type stage rename to step");
      execute("alter type step rename value 'Contacted' to 'Reached'");
      leads.update(ids.get(0), Map.of("SMS Status", "Reached"));
      leads.update(ids.get(1), Map.of("Last Name", "Lovelace"));
      leads.update(born, Map.of("SMS Status", "Reached"));

      assertThat(sync().errorCount()).isZero();
      assertThat(world.lead(ids.get(0)).get("status")).hasToString("Reached");
      assertThat(world.lead(ids.get(1)).get("status")).hasToString("Lost");
      assertThat(world.sides().differences()).isEmpty();
    } finally {
      execute(TO_TEXT);
    }
    leads.update(ids.get(0), Map.of("SMS Status", "Anything"));
    assertThat(sync().errorCount()).isZero();
    assertThat(world.lead(ids.get(0))).containsEntry("status", "Anything");
    assertThat(world.sides().differences()).isEmpty();
    world.sandbox().clearLogs();
    fullSync();
    assertThat(writes()).isZero();
  }

  @Test
  void a_dry_run_and_the_run_say_the_same_of_it() {
    List<String> ids = reconciled(2);
    execute(TO_ENUM);
    try {
      leads.update(ids.get(0), Map.of("SMS Status", "Contacted"));

      RunResult dry = succeeded(world.run(dryRun(false)));

      assertThat(dry.stage1().updated()).isOne();
      assertThat(dry.errorCount()).isZero();
      assertThat(sync().stage1().updated()).isOne();
      assertThat(world.sides().differences()).isEmpty();
    } finally {
      execute(TO_TEXT);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          first_name | text             | varchar(255) | First Name  | Ada
          title      | citext           | varchar(255) | Job Title   | Countess
          icp_score  | bigint           | integer      | ICP Score   | 7
          icp_score  | smallint         | integer      | ICP Score   | 9
          notes      | varchar(100)     | text         | Notes       | called
          """)
  void other_types_that_hold_the_same_are_taken_as_they_are_found(
      String column, String type, String back, String field, String value) {
    execute("create extension if not exists citext");
    List<String> ids = reconciled(2);
    // So often that PostgreSQL keeps the plans of the statements.
    for (int i = 0; i < 7; i++) {
      leads.update(ids.get(1), Map.of("Company", "Company " + i));
      sync();
    }
    execute("alter table leads alter %s type %s".formatted(column, type));
    try {
      Object cell = field.equals("ICP Score") ? Integer.valueOf(value) : value;
      leads.update(ids.get(0), Map.of(field, cell));
      String born = leads.create(Map.of(field, cell));

      assertThat(sync().errorCount()).isZero();

      assertThat(world.lead(ids.get(0)).get(column)).hasToString(value);
      assertThat(world.lead(born).get(column)).hasToString(value);
      assertThat(world.sides().differences()).isEmpty();
    } finally {
      execute("alter table leads alter %s type %s".formatted(column, back));
    }
    fullSync();
    assertThat(world.sides().differences()).isEmpty();
    assertThat(writes()).isZero();
  }

  private long unexplained() {
    return world.engine().verify(dryRun(true), ProgressListener.NONE).stream()
        .map(VerifyOutcome::result)
        .mapToLong(result -> result.causes().getOrDefault(Cause.UNEXPLAINED, 0L))
        .sum();
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
