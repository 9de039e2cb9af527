package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dry run writes nothing, and says what a real run would write. */
@SideBySide(SideBySide.Lane.RUNS)
class DryRunTest extends WorldTest {

  @Test
  void a_dry_run_writes_nothing_on_either_side() {
    somethingOfEverything();
    var database = world.sides().database();
    var airtable = world.sides().airtable();

    succeeded(world.run(dryRun(true)));

    assertThat(world.plan().writes()).isNotEmpty();
    assertThat(world.sides().database()).isEqualTo(database);
    assertThat(world.sides().airtable()).isEqualTo(airtable);
    assertThat(writes()).isZero();
  }

  @Test
  void the_counts_of_a_dry_run_are_those_of_the_real_one() {
    somethingOfEverything();

    RunResult dry = succeeded(world.run(dryRun(true)));
    RunResult real = fullSync();

    assertThat(dry.stage1()).isEqualTo(real.stage1());
    assertThat(dry.stage2()).isEqualTo(real.stage2());
  }

  @Test
  void the_plan_of_a_dry_run_is_what_the_real_one_does() {
    somethingOfEverything();
    Map<String, Map<String, Object>> leadsBefore = allLeads();
    var airtableBefore = world.sides().airtable();

    succeeded(world.run(dryRun(true)));
    List<RunResult.PlannedWrite> plan = world.plan().writes();
    fullSync();

    TreeSet<String> planned = new TreeSet<>();
    plan.forEach(p -> planned.add(p.recordId() + " " + p.direction() + " " + p.field()));
    TreeSet<String> done = new TreeSet<>();
    allLeads()
        .forEach(
            (id, lead) -> {
              Map<String, Object> before = leadsBefore.getOrDefault(id, Map.of());
              world.mapping().fields().stream()
                  .map(field -> field.column())
                  .filter(c -> !java.util.Objects.equals(before.get(c), lead.get(c)))
                  .forEach(column -> done.add(id + " pull " + column));
            });
    world
        .sides()
        .airtable()
        .forEach(
            (id, cells) ->
                world.mapping().portalFields().stream()
                    .filter(
                        f ->
                            !java.util.Objects.equals(
                                airtableBefore.get(id).get(f.airtableField()),
                                cells.get(f.airtableField())))
                    .forEach(f -> done.add(id + " push " + f.column())));
    assertThat(planned).isEqualTo(done);
  }

  @Test
  void a_dry_run_without_a_sweep_plans_what_stage_2_does_about_a_record_that_is_gone() {
    String id = reconciled(12).get(0);
    claim(id, ALICE, GRACE_OVER);
    leads.delete(id);

    RunResult dry = succeeded(world.run(dryRun(false)));
    List<RunResult.PlannedWrite> plan = world.plan().writes();
    RunResult real = sync();

    assertThat(plan)
        .extracting(p -> p.decision() + " " + p.recordId())
        .containsExactly("deactivate " + id);
    assertThat(dry.stage2()).isEqualTo(real.stage2());
  }

  @ParameterizedTest(name = "claimed {0} s ago, a bad claim in Airtable {1} s ago: {2}")
  @CsvSource({"300, 5, airtableNewer", "5, -300, grace"})
  void a_lead_that_a_bad_cell_leaves_as_it_is_rests_for_as_long_as_its_own_edit_says(
      long claimed, long modified, String skipped) {
    String id = reconciled(1).get(0);
    leads.update(id, Map.of("Claimed By", "nobody"));
    leads.setModified(id, Instant.now().minusSeconds(modified));
    claim(id, ALICE, Duration.ofSeconds(claimed));
    var database = world.sides().database();
    var airtable = world.sides().airtable();

    RunResult dry = succeeded(world.run(dryRun(false)));

    assertThat(world.sides().database()).isEqualTo(database);
    assertThat(world.sides().airtable()).isEqualTo(airtable);

    RunResult real = sync();

    assertThat(real.stage2().skippedBy())
        .isEqualTo(
            skipped.equals("grace")
                ? new RunResult.SkippedBy(1, 0, 0)
                : new RunResult.SkippedBy(0, 1, 0));
    assertThat(dry.stage1()).isEqualTo(real.stage1());
    assertThat(dry.stage2()).isEqualTo(real.stage2());
    assertThat(world.lead(id)).containsEntry("claimed_by", ALICE);
    assertThat(world.sides().airtable()).isEqualTo(airtable);
  }

  @Test
  void a_plan_names_the_values_and_the_decision() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, Duration.ofMinutes(5));
    leads.update(id, Map.of("First Name", "Eve"));

    succeeded(world.run(dryRun(false)));
    List<RunResult.PlannedWrite> plan = world.plan().writes();

    assertThat(plan)
        .extracting(p -> p.direction() + " " + p.field() + ": " + p.from() + " > " + p.to())
        .contains(
            "pull first_name: \"Lead 1\" > \"Eve\"", "push claimed_by: null > \"" + ALICE + "\"");
    assertThat(plan).extracting(RunResult.PlannedWrite::decision).containsOnly("update");
  }

  private Map<String, Map<String, Object>> allLeads() {
    Map<String, Map<String, Object>> all = new java.util.TreeMap<>();
    world
        .jdbc()
        .sql("select airtable_record_id from leads")
        .query(String.class)
        .list()
        .forEach(id -> all.put(id, world.lead(id)));
    return all;
  }

  /** New, changed and bad records, claims due and in grace, conflicts, a merge, gone records. */
  private void somethingOfEverything() {
    List<String> ids = reconciled(30);
    leads.create(Map.of("First Name", "New"));
    leads.update(ids.get(0), Map.of("First Name", "Changed"));
    leads.update(ids.get(1), Map.of("Booked At", "never", "First Name", "Changed"));
    claim(ids.get(2), ALICE, GRACE_OVER);
    claim(ids.get(3), ALICE, Duration.ofSeconds(5));
    leads.update(ids.get(3), Map.of("SMS Sent Count", 3));
    conflict(ids.get(4), 600);
    conflict(ids.get(5), 100);
    world.portalEdit(ids.get(6), Duration.ofMinutes(5), Map.of("notes", "note 7\nportal"));
    leads.update(ids.get(6), Map.of("Notes", "note 7\nAirtable"));
    leads.setModified(ids.get(6), Instant.now().minusSeconds(100));
    leads.delete(ids.get(7));
    claim(ids.get(8), ALICE, GRACE_OVER);
    leads.update(ids.get(8), Map.of("SMS Sent Count", 8));
    claim(ids.get(9), ALICE, GRACE_OVER);
    leads.delete(ids.get(9));
    world.sandbox().clearLogs();
  }

  private void conflict(String id, long airtableSecondsAgo) {
    world.portalEdit(
        id,
        Duration.ofMinutes(5),
        Map.of("claimed_by", ALICE, "claimed_at", World.at(Instant.now())));
    leads.update(id, Map.of("Claimed By", BOB.toString()));
    leads.setModified(id, Instant.now().minusSeconds(airtableSecondsAgo));
  }
}
