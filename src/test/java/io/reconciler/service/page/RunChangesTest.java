package io.reconciler.service.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What runs keep of what they change. */
class RunChangesTest {

  private final World world = World.shared();

  @BeforeEach
  void fresh() {
    world.fresh();
  }

  private List<String> changes(RunResult run) {
    return world
        .jdbc()
        .sql(
            "select kind || ' ' || airtable_record_id || ' ' || changes from reconciler.run_change"
                + " where run_id = ? order by id")
        .param(run.runId())
        .query(String.class)
        .list();
  }

  @Test
  void a_new_lead_a_pull_and_a_push_are_kept_with_both_values() {
    String id = world.leads().create(Map.of("First Name", "Ada", "Notes", "one"));
    RunResult first = world.sync();
    assertThat(first.stage1().errors()).isEmpty();
    assertThat(changes(first)).containsExactly("new " + id + " {}");

    world.leads().update(id, Map.of("Company", "Engines", "Notes", "one\ntwo"));
    RunResult pull = world.sync();
    assertThat(changes(pull))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .startsWith("pull " + id)
                    .contains("\"company\": {\"to\": \"Engines\", \"from\": null}")
                    .contains("\"notes\": {\"to\": \"one\\ntwo\", \"from\": \"one\"}"));

    world.portalEdit(id, Duration.ofMinutes(5), Map.of("notes", "one\ntwo\nthree"));
    RunResult push = world.sync();
    assertThat(push.stage2().updated()).isEqualTo(1);
    assertThat(changes(push))
        .containsExactly(
            "push "
                + id
                + " {\"notes\": {\"to\": \"one\\ntwo\\nthree\", \"from\": \"one\\ntwo\"}}");
    assertThat(changes(world.sync())).isEmpty();
  }

  @Test
  void a_lead_that_a_sweep_found_gone_is_kept() {
    String id = world.leads().create(Map.of("First Name", "Ada"));
    world.leads().create(Map.of("First Name", "Bob"));
    world.fullSync();
    world.leads().delete(id);
    assertThat(changes(world.fullSync())).containsExactly("gone " + id + " {}");
  }

  @Test
  void a_dry_run_changes_nothing() {
    world.leads().create(Map.of("First Name", "Ada"));
    var dry =
        new io.reconciler.engine.run.RunRequest(
            io.reconciler.engine.run.Trigger.CLI, "test", 20, null, false, true, false);
    assertThat(changes(world.run(dry))).isEmpty();
  }

  @Test
  void a_run_says_how_far_it_came() {
    world.leads().create(Map.of("First Name", "Ada"));
    RunResult run = world.sync();
    assertThat(
            world
                .jdbc()
                .sql("select progress ->> 'inserted' from reconciler.run_progress where run_id = ?")
                .param(run.runId())
                .query(String.class)
                .single())
        .isEqualTo("1");
  }
}
