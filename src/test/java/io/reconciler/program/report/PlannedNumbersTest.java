package io.reconciler.program.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.cli.Console;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.Trigger;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.TablesWorld;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of a dry run as people write them. */
class PlannedNumbersTest {

  private static final String DEALS =
      """
      table: Deals
      base: appTablesWorld001
      last_modified_field: Changed
      postgres: {table: deals, updated_at: updated_at}
      groups:
        - {name: amount, policy: newest}
      fields:
        - {column: amount, type: bigint, airtable_field: Amount, conversion: number, owner: portal, group: amount}
      """;

  private static final String DDL =
      "create table deals (id bigint generated always as identity primary key, airtable_record_id text unique,"
          + " updated_at timestamptz not null default now(), amount bigint)";

  @Test
  void a_round_number_that_will_be_sent_keeps_its_zeros(@TempDir Path folder) {
    try (TablesWorld world =
        TablesWorld.open(
            folder,
            Map.of("deals", DEALS),
            DDL,
            Map.of(
                "Deals",
                List.of(
                    SandboxField.of("Amount", "number"), SandboxField.lastModified("Changed"))))) {
      SandboxTable deals = world.base().table("Deals");
      String id = deals.create(Map.of("Amount", 1200));
      world.sync(true);
      deals.setModified(id, Instant.now().minusSeconds(4000));
      world
          .jdbc()
          .sql("update deals set amount = 886190, updated_at = now() - interval '2 minutes'")
          .update();

      assertThat(dryRun(world)).contains("push  amount: 1200 -> 886190  (update)");
      assertThat(deals.cells(id).get("Amount").asLong()).isEqualTo(1200);
      world.sync(false);
      assertThat(deals.cells(id).get("Amount").asLong()).isEqualTo(886190);
      assertThat(world.row("deals", id)).containsEntry("amount", 886190L);
    }
  }

  private static String dryRun(TablesWorld world) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Console console = new Console(out, out, false, false);
    try (PlanText plan = new PlanText(console, ProgressListener.NONE, true, world.mappings())) {
      world
          .engine()
          .reconcile(new RunRequest(Trigger.CLI, "test", 20, null, false, true, false), plan);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
