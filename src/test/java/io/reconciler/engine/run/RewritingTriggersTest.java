package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.world.WorldTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Triggers of the portal that store something else than what is pulled. */
class RewritingTriggersTest extends WorldTest {

  private static final String CLAIMED_AT = "2026-01-02T03:04:05.000Z";

  @AfterEach
  void drop() {
    execute("drop trigger if exists rewrite on leads");
  }

  private void rewriting(String assignments) {
    execute(
        "create or replace function rewrite() returns trigger language plpgsql as $$ begin "
            + assignments
            + "; return new; end $$");
    execute(
        "create trigger rewrite before insert or update on leads for each row"
            + " execute function rewrite()");
  }

  @ParameterizedTest
  @CsvSource({
    "new.claimed_by := null, Claimed By, claimed_by",
    "'new.notes := left(new.notes, 8)', Notes, notes",
    "'new.notes := lower(new.notes)', Notes, notes",
  })
  void what_a_trigger_takes_away_is_told_and_taken_away_in_airtable_never(
      String assignment, String field, String column) {
    List<String> ids = reconciled(3);
    String id = ids.get(0);
    String other = ids.get(1);
    Object before = world.lead(id).get(column);
    rewriting(assignment);
    claimAndNoteInAirtable(id);
    leads.update(other, Map.of("First Name", "Eve"));
    String cell = cell(id, field);

    RunResult dry = world.run(dryRun(false));
    RunResult first = sync();
    world.sandbox().clearLogs();
    RunResult second = sync();

    assertThat(dry.stage1().errorCount()).isEqualTo(1);
    assertThat(first.stage1().errors())
        .singleElement()
        .asString()
        .contains(id, column, "a trigger does not keep it");
    assertThat(second.stage2().recordsProcessed()).isZero();
    assertThat(world.sandbox().requests()).noneMatch(r -> r.method().equals("PATCH"));
    assertThat(cell(id, field)).isEqualTo(cell);
    assertThat(world.lead(id)).containsEntry(column, before).containsEntry("first_name", "Ann");
    assertThat(world.lead(other)).containsEntry("first_name", "Eve");
    assertThat(world.count("select count(*) from reconciler.conflict")).isZero();
    execute("drop trigger rewrite on leads");
    fullSync();
    assertThat(world.sides().differences()).isEmpty();
    assertThat(cell(id, field)).isEqualTo(cell);
    assertThat(world.count("select count(*) from reconciler.dead_letter where status = 'open'"))
        .isZero();
  }

  @Test
  void so_is_what_it_takes_away_of_a_new_lead() {
    rewriting("new.claimed_by := null");
    String id = leads.create(Map.of("First Name", "Ann"));
    claimAndNoteInAirtable(id);

    RunResult run = sync();

    assertThat(run.stage1().inserted()).isEqualTo(1);
    assertThat(run.stage1().errorCount()).isEqualTo(1);
    assertThat(world.lead(id)).containsEntry("first_name", "Ann").containsEntry("claimed_by", null);
    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new.notes := btrim(new.notes)",
        "new.notes := new.notes || E'\\n[seen]' where position('[seen]' in new.notes) = 0",
        "new.claimed_at := date_trunc('hour', new.claimed_at)"
      })
  void what_it_puts_otherwise_is_an_edit_of_the_portal(String assignment) {
    String id = reconciled(1).get(0);
    rewriting(assignment.contains(" where ") ? conditional(assignment) : assignment);
    claimAndNoteInAirtable(id);

    sync();
    execute("update leads set updated_at = now() - interval '2 minutes'");
    RunResult pushed = sync();
    RunResult last = fullSync();

    assertThat(pushed.stage2().updated()).isEqualTo(1);
    assertThat(last.stage1().updated()).isZero();
    assertThat(last.stage2().recordsProcessed()).isZero();
    assertThat(world.sides().differences()).isEmpty();
    assertThat(world.count("select count(*) from reconciler.dead_letter")).isZero();
  }

  private static String conditional(String assignment) {
    String[] parts = assignment.split(" where ");
    return "if " + parts[1] + " then " + parts[0] + "; end if";
  }

  private void claimAndNoteInAirtable(String id) {
    leads.update(
        id,
        Map.of(
            "First Name",
            "Ann",
            "Claimed By",
            ALICE.toString(),
            "Claimed At",
            CLAIMED_AT,
            "Notes",
            "Do not call\nthis person "));
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
