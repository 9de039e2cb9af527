package io.reconciler.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.repair.SettleRequest;
import io.reconciler.engine.repair.SettleResult;
import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.RunOutcome;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that is pointed at another base: by mistake, or because the base has moved. */
@SideBySide(SideBySide.Lane.RUNS)
class ChangedBaseTest extends WorldTest {

  private static final String ACTIVE = "select count(*) from leads where is_active";

  private String otherBase = "";
  private SandboxTable other;

  @BeforeEach
  void addOtherBase() {
    otherBase = world.baseId().replace("appTest", "appMove");
    other = world.addTable(otherBase);
  }

  static List<RunRequest> withoutForce() {
    return List.of(
        request(Trigger.CLI, false, false, false),
        scheduled(),
        request(Trigger.CLI, true, false, false),
        request(Trigger.CLI, false, false, true),
        request(Trigger.CLI, false, true, false),
        request(Trigger.CLI, true, true, false),
        new RunRequest(
            Trigger.SCHEDULE, "schedule", 20, null, false, false, false, true, null, Set.of()));
  }

  @Test
  void two_clients_that_exchanged_their_bases_are_not_told_to_take_them() {
    reconciled(12);
    point(otherBase);
    world.addClient(world.baseId());

    String failure =
        world.runAll(withoutForce().get(0)).stream()
            .map(outcome -> outcome.result().failure())
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();

    assertThat(failure)
        .contains("another client has that base now")
        .contains("where id = '" + world.clientId() + "'")
        .doesNotContain("--force");
  }

  @ParameterizedTest
  @MethodSource("withoutForce")
  void no_run_writes_anything_before_it_is_told_to_take_the_other_base(RunRequest request) {
    String pending = reconciled(12).get(3);
    claim(pending, ALICE, GRACE_OVER);
    List<String> rows = world.sides().rows("leads");
    List<String> marks = world.sides().rows("reconciler.watermark");
    List<String> agreed = world.sides().rows("reconciler.agreed_value");
    Map<String, Map<String, JsonNode>> records = world.sides().airtable();
    fill(15);
    point(otherBase);
    Map<String, Map<String, JsonNode>> others = cells(other);

    ClientOutcome outcome = world.runAll(request).get(0);

    assertThat(outcome.outcome()).isEqualTo(RunOutcome.STOPPED);
    assertThat(outcome.result().failure())
        .contains("was " + world.baseId() + " and is " + otherBase + " now")
        .contains(
            "set airtable_base_id = '%s' where id = '%s'"
                .formatted(world.baseId(), world.clientId()))
        .contains("reconciler sync --full --force --client " + otherBase);
    assertThat(world.sides().rows("leads")).isEqualTo(rows);
    assertThat(world.sides().rows("reconciler.watermark")).isEqualTo(marks);
    assertThat(world.sides().rows("reconciler.agreed_value")).isEqualTo(agreed);
    assertThat(world.sides().airtable()).isEqualTo(records);
    assertThat(cells(other)).isEqualTo(others);
    assertThat(writes()).isZero();
  }

  @Test
  void put_back_it_goes_on_where_it_was() {
    String pending = reconciled(3).get(1);
    claim(pending, ALICE, GRACE_OVER);
    fill(4);
    point(otherBase);
    world.sync();
    point(world.baseId());

    RunResult result = sync();

    assertThat(result.stage1().inserted()).isZero();
    assertThat(result.stage2().updated()).isEqualTo(1);
    assertThat(cell(pending, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.sides().differences()).isEmpty();
    assertThat(world.count("select count(*) from leads")).isEqualTo(3);
  }

  @Test
  void a_base_that_was_copied_with_other_ids_is_taken_by_a_forced_sweep() {
    List<String> old = reconciled(12);
    claim(old.get(3), ALICE, GRACE_OVER);
    List<String> copies = fill(12);
    other.setModified(copies.get(0), other.modified(copies.get(0)).minus(Duration.ofDays(3)));
    Map<String, Map<String, JsonNode>> records = world.sides().airtable();
    point(otherBase);

    RunResult result = succeeded(world.run(forced()));

    assertThat(result.stage1().inserted()).isEqualTo(12);
    assertThat(result.stage1().deactivated()).isEqualTo(12);
    assertThat(world.count(ACTIVE)).isEqualTo(12);
    old.forEach(id -> assertThat(world.lead(id)).containsEntry("is_active", false));
    copies.forEach(id -> assertThat(world.lead(id)).containsEntry("is_active", true));
    assertThat(world.sides().airtable()).isEqualTo(records);
    // What the portal had changed for the old base is kept.
    assertThat(text("select airtable_record_id from reconciler.dead_letter where status = 'open'"))
        .isEqualTo(old.get(3));
    assertThat(text("select base_id from reconciler.watermark")).isEqualTo(otherBase);

    claim(copies.get(0), BOB, GRACE_OVER);
    RunResult next = succeeded(world.run(scheduled()));

    assertThat(next.stage1().inserted()).isZero();
    assertThat(next.stage2().updated()).isEqualTo(1);
    assertThat(other.cells(copies.get(0)).get("Claimed By").asText()).isEqualTo(BOB.toString());
    assertThat(world.sides().airtable()).isEqualTo(records);
  }

  @Test
  void the_plan_of_a_forced_sweep_shows_what_it_would_do_and_takes_nothing() {
    reconciled(12);
    fill(7);
    point(otherBase);
    Map<String, List<String>> before = world.sides().database();

    RunResult plan =
        succeeded(world.run(new RunRequest(Trigger.CLI, "test", 20, null, true, true, true)));

    assertThat(plan.stage1().inserted()).isEqualTo(7);
    assertThat(plan.stage1().deactivated()).isEqualTo(12);
    assertThat(world.sides().database()).isEqualTo(before);
    assertThat(writes()).isZero();
  }

  @Test
  void a_sweep_of_the_other_base_that_broke_off_starts_anew_with_a_sweep() {
    reconciled(12);
    List<String> copies = fill(12);
    copies.forEach(id -> other.setModified(id, other.modified(id).minus(Duration.ofDays(3))));
    point(otherBase);
    world
        .sandbox()
        .onRequest(r -> r.path().contains(otherBase + "/tbl"), Fault.unavailable().always());
    assertThat(world.run(forced()).success()).isFalse();
    world.sandbox().clearFaults();

    ClientOutcome next = world.runAll(scheduled()).get(0);

    // A sweep, which the guard stops: nobody has told this one to go on.
    assertThat(next.outcome()).isEqualTo(RunOutcome.STOPPED);
    assertThat(next.result().failure()).contains("12 of 24 active leads");
    assertThat(world.count(ACTIVE)).isEqualTo(24);
    assertThat(succeeded(world.run(forced())).stage1().deactivated()).isEqualTo(12);
    assertThat(world.count(ACTIVE)).isEqualTo(12);
  }

  @Test
  void a_client_of_which_nothing_is_remembered_learns_its_base() {
    List<String> ids = reconciled(3);
    world.jdbc().sql("update reconciler.watermark set base_id = null").update();
    leads.update(ids.get(0), Map.of("First Name", "Ada"));

    sync();

    assertThat(world.lead(ids.get(0))).containsEntry("first_name", "Ada");
    assertThat(text("select base_id from reconciler.watermark")).isEqualTo(world.baseId());
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_base_of_which_nothing_ever_came_is_no_base_to_go_back_to() {
    point("appMistyped000001");
    assertThat(world.sync().success()).isFalse();
    point(otherBase);
    String id = other.create(Map.of("First Name", "Ada"));

    sync();

    assertThat(world.lead(id)).containsEntry("first_name", "Ada");
    assertThat(text("select base_id from reconciler.watermark")).isEqualTo(otherBase);
  }

  @Test
  void a_dead_letter_is_not_tried_again_in_another_base() {
    String id = reconciled(5).get(2);
    claim(id, ALICE, GRACE_OVER);
    world
        .jdbc()
        .sql(
            "insert into reconciler.dead_letter (id, client_id, run_id, stage, airtable_record_id,"
                + " field, reason, payload, attempts, first_at, last_at, next_attempt_at, status)"
                + " values (gen_random_uuid(), ?, gen_random_uuid(), 'push', ?, 'claim', 'x', '{}',"
                + " 1, now(), now(), now(), 'open')")
        .params(world.clientId(), id)
        .update();
    point(otherBase);
    UUID letter = UUID.fromString(text("select id from reconciler.dead_letter"));

    SettleResult result = world.engine().retry(SettleRequest.of(letter, "ann", Trigger.CLI));

    assertThat(result.toString()).contains("was " + world.baseId() + " and is " + otherBase);
    assertThat(world.lead(id)).containsEntry("is_active", true);
    assertThat(cell(id, "Claimed By")).isEmpty();
    assertThat(writes()).isZero();
  }

  private static RunRequest request(
      Trigger trigger, boolean full, boolean dryRun, boolean forceAlone) {
    return new RunRequest(trigger, "test", 20, null, full, dryRun, forceAlone);
  }

  private List<String> fill(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> other.create(Map.of("First Name", "Other " + n, "Notes", "note " + n)))
        .toList();
  }

  private void point(String base) {
    world
        .jdbc()
        .sql("update clients set airtable_base_id = ? where id = ?")
        .params(base, world.clientId())
        .update();
  }

  private static Map<String, Map<String, JsonNode>> cells(SandboxTable table) {
    Map<String, Map<String, JsonNode>> cells = new TreeMap<>();
    table.ids().forEach(id -> cells.put(id, table.cells(id)));
    return cells;
  }
}
