package io.reconciler.service.monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunListener;
import io.reconciler.engine.run.RunOutcome;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.RunResult.SkippedBy;
import io.reconciler.engine.run.RunResult.Stage1;
import io.reconciler.engine.run.RunResult.Stage2;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Counts what the runs of this process did; dry runs, which do nothing, are left out. The label of
 * a client is its base id.
 */
final class RunMetrics implements RunListener {

  private static final Duration[] RUN_BUCKETS =
      buckets(1, 5, 15, 30, 60, 120, 300, 900, 1800, 3600);
  private static final Duration[] LAG_BUCKETS =
      buckets(15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 21_600, 86_400);

  private final MeterRegistry meters;

  RunMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  // From the first run on every outcome is there: else the first failure would be no increase.
  @Override
  public void began(Run run) {
    for (RunOutcome outcome : RunOutcome.values()) {
      if (outcome != RunOutcome.RUNNING && !run.request().dryRun()) {
        count(run, outcome, 0);
      }
    }
  }

  @Override
  public void ended(Run run) {
    if (run.outcome() == RunOutcome.RUNNING || run.request().dryRun()) {
      return;
    }
    RunResult result = run.result();
    String client = run.client().baseId();
    count(run, run.outcome(), 1);
    Timer.builder("reconciler.run.duration")
        .description("How long runs took")
        .tag("client", client)
        .serviceLevelObjectives(RUN_BUCKETS)
        .register(meters)
        .record(Duration.ofMillis(result.duration()));
    pulled(client, result.stage1());
    pushed(client, result.stage2());
    List<RunResult.TableResult> tables = result.tables();
    if (tables != null) {
      tables.forEach(table -> table(client, table));
    }
    lags("pull", run.editLags().pulls());
    lags("push", run.editLags().pushes());
  }

  // Beside the sums, and only where there are several: a label's values are the mappings' names.
  private void table(String client, RunResult.TableResult result) {
    String table = result.table();
    ofTable(client, table, "pull", "inserted", result.stage1().inserted());
    ofTable(client, table, "pull", "updated", result.stage1().updated());
    ofTable(client, table, "pull", "deactivated", result.stage1().deactivated());
    ofTable(client, table, "pull", "error", result.stage1().errorCount());
    ofTable(client, table, "push", "updated", result.stage2().updated());
    ofTable(client, table, "push", "error", result.stage2().errorCount());
    ofTable(client, table, "run", "failed", result.failure() == null ? 0 : 1);
  }

  private void ofTable(String client, String table, String stage, String outcome, long records) {
    add(
        "reconciler.table.records",
        "Records of each table by what became of them, where there are several tables",
        records,
        "client",
        client,
        "table",
        table,
        "stage",
        stage,
        "outcome",
        outcome);
  }

  private void count(Run run, RunOutcome outcome, int runs) {
    add(
        "reconciler.runs",
        "Runs that have ended",
        runs,
        "client",
        run.client().baseId(),
        "trigger",
        run.request().triggerLabel(),
        "outcome",
        outcome.name().toLowerCase(Locale.ROOT));
  }

  private void pulled(String client, Stage1 pull) {
    records(client, "pull", "inserted", pull.inserted());
    records(client, "pull", "updated", pull.updated());
    records(client, "pull", "unchanged", pull.unchanged());
    records(client, "pull", "deactivated", pull.deactivated());
    errors(client, "pull", pull.errorCount());
  }

  private void pushed(String client, Stage2 push) {
    records(client, "push", "updated", push.updated());
    records(client, "push", "skipped", push.skipped());
    errors(client, "push", push.errorCount());
    SkippedBy by = push.skippedBy();
    skips(client, "grace", by.grace());
    skips(client, "airtable-newer", by.airtableNewer());
    skips(client, "unchanged", by.unchanged());
    add("reconciler.conflicts", "Conflicts decided", push.conflicts(), "client", client);
  }

  private void records(String client, String stage, String outcome, long records) {
    add(
        "reconciler.records",
        "Records by what became of them",
        records,
        "client",
        client,
        "stage",
        stage,
        "outcome",
        outcome);
  }

  private void errors(String client, String stage, long errors) {
    add(
        "reconciler.record.errors",
        "Errors in single records or values; the runs went on",
        errors,
        "client",
        client,
        "stage",
        stage);
  }

  private void skips(String client, String reason, long leads) {
    add(
        "reconciler.skips",
        "Leads that stage 2 did not send",
        leads,
        "client",
        client,
        "reason",
        reason);
  }

  private void lags(String direction, List<Duration> lags) {
    Timer timer =
        Timer.builder("reconciler.edit.lag")
            .description("From an edit to its being saved on the other side")
            .tag("direction", direction)
            .serviceLevelObjectives(LAG_BUCKETS)
            .register(meters);
    lags.forEach(timer::record);
  }

  private void add(String name, String description, long amount, String... tags) {
    Counter.builder(name)
        .description(description)
        .tags(tags)
        .register(meters)
        .increment((double) amount);
  }

  private static Duration[] buckets(long... seconds) {
    Duration[] buckets = new Duration[seconds.length];
    for (int i = 0; i < seconds.length; i++) {
      buckets[i] = Duration.ofSeconds(seconds[i]);
    }
    return buckets;
  }
}
