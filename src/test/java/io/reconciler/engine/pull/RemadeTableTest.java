package io.reconciler.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunOutcome;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table that is deleted in Airtable and made anew under its name: its records are others. */
@SideBySide(SideBySide.Lane.RUNS)
class RemadeTableTest extends WorldTest {

  private static final String ACTIVE = "select count(*) from leads where is_active";

  @ParameterizedTest
  @CsvSource({
    "false, false, false",
    "true, false, false",
    "false, true, false",
    "true, true, false",
    "false, false, true",
    "true, false, true"
  })
  void no_run_takes_it_by_itself_and_every_run_says_what_to_do(
      boolean full, boolean dry, boolean dayLater) {
    String pending = reconciled(12).get(3);
    claim(pending, ALICE, GRACE_OVER);
    List<String> rows = world.sides().rows("leads");
    String was = leads.id();
    SandboxTable is = remake(5);
    Map<String, Map<String, JsonNode>> records = cells(is);
    if (dayLater) {
      forgetMetadata();
    }

    ClientOutcome outcome =
        world.runAll(new RunRequest(Trigger.CLI, "test", 20, null, full, dry, false)).get(0);

    assertThat(outcome.outcome()).isEqualTo(RunOutcome.STOPPED);
    assertThat(outcome.result().failure())
        .contains("\"Leads\" was deleted in Airtable and made anew", was, is.id())
        .contains("reconciler sync --full --force");
    assertThat(world.sides().rows("leads")).isEqualTo(rows);
    assertThat(cells(is)).isEqualTo(records);
    assertThat(writes()).isZero();
    assertThat(text("select table_id from reconciler.airtable_table")).isEqualTo(was);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_forced_sweep_takes_it(boolean dayLater) {
    List<String> old = reconciled(12);
    claim(old.get(3), ALICE, GRACE_OVER);
    SandboxTable is = remake(12);
    List<String> remade = is.ids();
    Map<String, Map<String, JsonNode>> records = cells(is);
    if (dayLater) {
      forgetMetadata();
    }

    RunResult result = succeeded(world.run(forced()));

    assertThat(result.stage1().inserted()).isEqualTo(12);
    assertThat(result.stage1().deactivated()).isEqualTo(12);
    assertThat(result.stage2().updated()).isZero();
    old.forEach(id -> assertThat(world.lead(id)).containsEntry("is_active", false));
    remade.forEach(id -> assertThat(world.lead(id)).containsEntry("is_active", true));
    assertThat(cells(is)).isEqualTo(records);
    // What the portal had changed for the old table is kept, and nothing that it had not.
    assertThat(text("select string_agg(airtable_record_id, ' ') from reconciler.dead_letter"))
        .isEqualTo(old.get(3));

    claim(remade.get(0), BOB, GRACE_OVER);
    RunResult next = succeeded(world.run(scheduled()));

    assertThat(next.stage1().inserted()).isZero();
    assertThat(next.stage2().updated()).isEqualTo(1);
    assertThat(is.cells(remade.get(0)).get("Claimed By").asText()).isEqualTo(BOB.toString());
    assertThat(world.count(ACTIVE)).isEqualTo(12);
  }

  @Test
  void the_plan_of_a_forced_sweep_takes_nothing() {
    reconciled(12);
    remake(7);
    Map<String, List<String>> before = world.sides().database();

    RunResult plan =
        succeeded(world.run(new RunRequest(Trigger.CLI, "test", 20, null, true, true, true)));

    assertThat(plan.stage1().inserted()).isEqualTo(7);
    assertThat(plan.stage1().deactivated()).isEqualTo(12);
    assertThat(world.sides().database()).isEqualTo(before);
    assertThat(writes()).isZero();
  }

  @Test
  void a_forced_sweep_that_broke_off_starts_anew_with_a_sweep() {
    reconciled(12);
    SandboxTable is = remake(12);
    is.ids().forEach(id -> is.setModified(id, Instant.parse("2020-01-01T00:00:00Z")));
    world.sandbox().onRequest(r -> r.path().contains(is.id()), Fault.unavailable().always());
    assertThat(world.run(forced()).success()).isFalse();
    world.sandbox().clearFaults();

    ClientOutcome next = world.runAll(scheduled()).get(0);

    assertThat(next.outcome()).isEqualTo(RunOutcome.STOPPED);
    assertThat(next.result().failure()).contains("12 of 24 active leads");
    assertThat(succeeded(world.run(forced())).stage1().deactivated()).isEqualTo(12);
    assertThat(world.count(ACTIVE)).isEqualTo(12);
    assertThat(is.size()).isEqualTo(12);
  }

  @Test
  void a_comparison_and_a_refresh_say_the_same() {
    reconciled(3);
    world
        .jdbc()
        .sql("update reconciler.field set computed = true where column_name = 'first_name'")
        .update();
    String was = leads.id();
    SandboxTable is = remake(2);

    String verified =
        world.engine().verify(world.request(20, true), ProgressListener.NONE).get(0).toString();
    RunResult refreshed =
        world.run(
            new RunRequest(
                Trigger.SCHEDULE, "schedule", 20, null, false, false, false, true, null, Set.of()));

    assertThat(verified).contains("made anew", was, is.id());
    assertThat(refreshed.failure()).contains("made anew", was, is.id());
    assertThat(world.count(ACTIVE)).isEqualTo(3);
    assertThat(is.size()).isEqualTo(2);
  }

  @Test
  void a_table_that_is_refused_although_it_is_there_is_refused_as_before() {
    List<String> ids = reconciled(3);
    world
        .sandbox()
        .onRequest(
            r -> r.path().contains(leads.id()),
            Fault.answer(
                    403,
                    "{\"error\":{\"type\":\"INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND\","
                        + "\"message\":\"no\"}}")
                .always());

    ClientOutcome outcome = world.runAll(world.request(20, false)).get(0);

    assertThat(outcome.outcome()).isEqualTo(RunOutcome.FAILED);
    assertThat(outcome.result().failure()).contains("answered 403", "check the base id");
    assertThat(world.count(ACTIVE)).isEqualTo(3);
    assertThat(leads.ids()).containsExactlyInAnyOrderElementsOf(ids);
  }

  private SandboxTable remake(int records) {
    world.sandbox().base(world.baseId()).removeTable("Leads");
    SandboxTable is =
        world.sandbox().base(world.baseId()).addTable("Leads", World.fields(world.mapping()));
    IntStream.rangeClosed(1, records)
        .forEach(n -> is.create(Map.of("First Name", "New " + n, "Notes", "new " + n)));
    world.sandbox().clearLogs();
    return is;
  }

  private void forgetMetadata() {
    world.jdbc().sql("update reconciler.airtable_table set asked_at = 'epoch'").update();
  }

  private static Map<String, Map<String, JsonNode>> cells(SandboxTable table) {
    Map<String, Map<String, JsonNode>> cells = new TreeMap<>();
    table.ids().forEach(id -> cells.put(id, table.cells(id)));
    return cells;
  }
}
