package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody changes the table, or the server takes no writes, while the service runs. */
class ChangedTablesTest extends WorldTest {

  private static final World OWN = World.open(Map.of());

  ChangedTablesTest() {
    super(OWN);
  }

  @AfterAll
  static void close() {
    OWN.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alter table leads rename title to job | alter table leads rename job to title | column t.title does not exist
          alter table leads rename claimed_at to taken_at | alter table leads rename taken_at to claimed_at | column t.claimed_at does not exist
          alter table leads rename updated_at to changed_at | alter table leads rename changed_at to updated_at | column t.updated_at does not exist
          alter table leads rename to people | alter table people rename to leads | relation "leads" does not exist
          alter table leads rename to people; create view leads as select * from people | drop view leads; alter table people rename to leads | no unique or exclusion constraint matching
          alter table leads alter title type integer using null | alter table leads alter title type varchar(255) | "title" is of type integer
          alter table leads drop column title; alter table leads add column title varchar(255) generated always as ('x') stored | alter table leads alter title drop expression | into column "title"
          """)
  void a_table_that_is_another_one_ends_the_run_and_no_record_waits_for_it(
      String change, String back, String text) {
    List<String> ids = reconciled(3);
    claim(ids.get(1), ALICE, GRACE_OVER);
    execute(change);
    try {
      leads.update(ids.get(0), Map.of("Job Title", "x", "First Name", "Ada"));
      leads.create(Map.of("First Name", "Born"));
      leads.delete(ids.get(2));

      RunResult full = world.fullSync();
      RunResult run = world.run(scheduled());

      for (RunResult failed : List.of(full, run)) {
        assertThat(failed.failure())
            .contains(text)
            .endsWith("; the table has changed since the start: run `reconciler check`");
      }
      assertThat(world.count("select count(*) from reconciler.dead_letter")).isZero();
      assertThat(writes()).isZero();
    } finally {
      execute(back);
    }
    fullSync();
    assertThat(cell(ids.get(1), "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.sides().differences()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"53100, No space left on device", "53200, out of memory", "58030, could not write"})
  void a_server_without_room_ends_the_run_and_no_record_waits_for_it(String state, String message) {
    List<String> ids = reconciled(3);
    leads.update(ids.get(0), Map.of("First Name", "Ada"));
    leads.create(Map.of("First Name", "Born"));
    execute(
        "create function full_up() returns trigger language plpgsql as $$ begin raise exception '%s' using errcode = '%s'; end $$"
            .formatted(message, state));
    execute(
        "create trigger full_up before insert or update on leads for each row execute function full_up()");
    try {
      RunResult run = world.sync();

      assertThat(run.success()).isFalse();
      assertThat(run.failure()).isEqualTo("PostgreSQL: ERROR: " + message);
      assertThat(world.count("select count(*) from reconciler.dead_letter")).isZero();
    } finally {
      execute("drop trigger full_up on leads");
      execute("drop function full_up()");
    }
    sync();
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_server_that_takes_no_writes_any_more_ends_the_run_and_says_so() {
    List<String> ids = reconciled(3);
    claim(ids.get(1), ALICE, GRACE_OVER);
    leads.update(ids.get(0), Map.of("First Name", "Ada"));
    String database = text("select current_database()");
    execute("alter database " + database + " set default_transaction_read_only = on");
    world.database().getHikariPoolMXBean().softEvictConnections();
    RunResult run = world.sync();
    world
        .jdbc()
        .sql("begin read write; alter database " + database + " reset all; commit")
        .update();
    world.database().getHikariPoolMXBean().softEvictConnections();

    assertThat(run.failure())
        .endsWith(
            "read-only transaction; this server takes no writes: it is a standby, or"
                + " default_transaction_read_only is on");
    assertThat(writes()).isZero();
    sync();
    assertThat(cell(ids.get(1), "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.sides().differences()).isEmpty();
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
