package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.WorldTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every active client is reconciled, each on its own. */
class SeveralClientsTest extends WorldTest {

  @Test
  void one_clients_failure_does_not_stop_the_next() {
    String before = other("appAAAA", 1);
    String after = other("appZZZZ", 1);
    leads.create(Map.of("First Name", "Ada"));
    world.sandbox().base(world.baseId()).setQuotaExhausted(true);

    List<ClientOutcome> outcomes = world.runAll(world.request(20, false));

    assertThat(outcomes)
        .extracting(outcome -> outcome.client().baseId(), ClientOutcome::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(before, RunOutcome.SUCCEEDED),
            org.assertj.core.groups.Tuple.tuple(world.baseId(), RunOutcome.FAILED),
            org.assertj.core.groups.Tuple.tuple(after, RunOutcome.SUCCEEDED));
    assertThat(world.count("select count(*) from leads")).isEqualTo(2);
  }

  @Test
  void one_client_alone_can_be_run() {
    String base = other("appAAAA", 1);
    leads.create(Map.of("First Name", "Ada"));

    List<ClientOutcome> outcomes =
        world.runAll(new RunRequest(Trigger.CLI, "test", 20, base, false, false, false));

    assertThat(outcomes).extracting(o -> o.client().baseId()).containsExactly(base);
    assertThat(world.count("select count(*) from leads")).isEqualTo(1);
  }

  @Test
  void a_client_that_is_not_active_is_left_alone() {
    other("appAAAA", 1);
    world.jdbc().sql("update clients set is_active = false").update();

    assertThatThrownBy(() -> world.runAll(world.request(20, false)))
        .isInstanceOf(NoActiveClientException.class)
        .hasMessage("No active client found in database");
    assertThat(world.sandbox().requests()).isEmpty();
  }

  @Test
  void the_lead_of_another_client_is_not_touched_by_a_record_of_the_same_id() {
    String id = reconciled(1).get(0);
    Map<String, Object> lead = world.lead(id);
    String base = "appCopyOfAnother1";
    world.addClient(base);
    SandboxTable copy = world.addTable(base);
    copy.create(id, Instant.now(), Map.of("First Name", "Somebody else"));
    copy.create(Map.of("First Name", "Own"));

    RunResult result =
        succeeded(world.run(new RunRequest(Trigger.CLI, "test", 20, base, true, false, false)));

    assertThat(world.lead(id)).isEqualTo(lead);
    assertThat(result.stage1().inserted()).isEqualTo(1);
    assertThat(result.stage1().errors()).singleElement().asString().contains(id, "another client");
    assertThat(sync(base).stage1().errorCount()).isEqualTo(1);
  }

  @Test
  void a_sweep_deactivates_the_leads_of_its_own_client_only() {
    List<String> ids = reconciled(12);
    String base = other("appAAAA", 12);
    succeeded(world.run(new RunRequest(Trigger.CLI, "test", 20, base, true, false, false)));
    leads.delete(ids.get(0));

    RunResult result = sync(base);

    assertThat(result.stage1().deactivated()).isZero();
    assertThat(world.count("select count(*) from leads where not is_active")).isZero();
  }

  private RunResult sync(String base) {
    return succeeded(world.run(new RunRequest(Trigger.CLI, "test", 20, base, true, false, false)));
  }

  private String other(String prefix, int records) {
    String base = prefix + UUID.randomUUID().toString().replace("-", "").substring(0, 10);
    world.addClient(base);
    SandboxTable table = world.addTable(base);
    for (int i = 0; i < records; i++) {
      table.create(Map.of("First Name", "Other " + i));
    }
    return base;
  }
}
