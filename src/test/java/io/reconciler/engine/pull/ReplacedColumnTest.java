package io.reconciler.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The portal's columns that are dropped or renamed, and added again: Airtable has the only copy.
 */
@SideBySide(SideBySide.Lane.RUNS)
class ReplacedColumnTest extends WorldTest {

  private static final World WORLD = World.open(Map.of());
  private static final Duration LONG_AGO = Duration.ofDays(2);

  /** So many that a guard would have to stop it. */
  private static final int MANY = 15;

  ReplacedColumnTest() {
    super(WORLD);
  }

  @AfterAll
  static void close() {
    WORLD.close();
  }

  @ParameterizedTest
  @CsvSource({
    "alter table leads drop column notes, false",
    "alter table leads drop column notes, true",
    "alter table leads rename column notes to notes_of_old, false"
  })
  void its_empty_cells_clear_nothing_and_are_filled(String removal, boolean full) {
    List<String> ids = settled();
    execute(removal);
    execute("alter table leads add column notes text");

    RunResult result = full ? fullSync() : sync();

    holdsNotes(ids);
    assertThat(result.errorCount()).isZero();
    assertThat(result.stage2().updated()).isZero();
    assertThat(world.count("select count(*) from reconciler.conflict")).isZero();
    world.sandbox().clearLogs();
    sync();
    fullSync();
    assertThat(writes()).isZero();
    holdsNotes(ids);
    execute("alter table leads drop column if exists notes_of_old");
  }

  @Test
  void a_dry_run_says_the_same_and_what_the_portal_wrote_since_is_a_conflict_or_merged() {
    List<String> ids = settled();
    execute("alter table leads drop column notes");
    execute("alter table leads add column notes text");
    world.portalEdit(ids.get(0), Duration.ofMinutes(2), Map.of("notes", "portal's new line"));

    RunResult dry = succeeded(world.run(dryRun(true)));
    RunResult result = fullSync();

    assertThat(dry.stage1().updated()).isEqualTo(result.stage1().updated());
    assertThat(dry.stage2().updated()).isEqualTo(result.stage2().updated());
    sync();
    assertThat(cell(ids.get(0), "Notes")).contains("portal's new line").contains("note 1");
    assertThat(world.sides().differences()).isEmpty();
    holdsNotes(ids.subList(1, MANY));
  }

  @ParameterizedTest
  @CsvSource({
    "notes, text, false",
    "notes, text, true",
    "claimed_by, uuid, false",
    "claimed_at, timestamptz, false",
  })
  void a_column_that_got_the_values_of_the_old_one_is_the_same(
      String column, String type, boolean full) {
    List<String> ids = settled();
    ids.forEach(id -> claim(id, ALICE, LONG_AGO));
    fullSync();
    String pending = ids.get(0);
    unclaim(pending, Duration.ofMinutes(2));
    world.portalEdit(pending, Duration.ofMinutes(2), Collections.singletonMap("notes", null));
    execute("alter table leads add column other " + type);
    execute("update leads set other = " + column);
    execute("alter table leads drop column " + column);
    execute("alter table leads rename column other to " + column);

    RunResult result = full ? fullSync() : sync();

    assertThat(result.stage2().updated()).isOne();
    assertThat(cell(pending, "Notes")).isEmpty();
    assertThat(cell(pending, "Claimed By")).isEmpty();
    assertThat(world.lead(pending)).containsEntry("claimed_by", null).containsEntry("notes", null);
    assertThat(cell(ids.get(1), "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.sides().differences()).isEmpty();
    world.sandbox().clearLogs();
    fullSync();
    assertThat(writes()).isZero();
  }

  @Test
  void a_column_of_airtables_is_filled_by_the_next_run_of_any_kind() {
    List<String> ids = settled();
    execute("alter table leads drop column first_name");
    execute("alter table leads add column first_name varchar(255) not null default 'Unknown'");

    sync();

    for (String id : ids) {
      assertThat(world.lead(id)).containsEntry("first_name", cell(id, "First Name"));
    }
    world.sandbox().clearLogs();
    sync();
    assertThat(world.sandbox().requests()).hasSizeLessThan(3);
  }

  @Test
  void a_column_that_is_renamed_and_renamed_back_is_the_old_one() {
    List<String> ids = settled();
    execute("alter table leads rename column notes to remarks");
    execute("alter table leads rename column remarks to notes");
    execute("update leads set notes = null, updated_at = now() - interval '2 minutes'");

    sync();

    ids.forEach(id -> assertThat(cell(id, "Notes")).isEmpty());
  }

  // So long in agreement that nothing but the column itself leads to a value.
  private List<String> settled() {
    List<String> ids = reconciled(MANY);
    fullSync();
    ids.forEach(id -> leads.setModified(id, Instant.now().minus(LONG_AGO)));
    execute("update leads set updated_at = now() - interval '2 days'");
    execute("update reconciler.agreed_value set airtable_modified_at = now() - interval '2 days'");
    sync();
    return ids;
  }

  private void holdsNotes(List<String> ids) {
    for (String id : ids) {
      assertThat(cell(id, "Notes")).startsWith("note ");
      assertThat(world.lead(id)).containsEntry("notes", cell(id, "Notes"));
    }
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
