package io.reconciler.program.report;

import io.reconciler.cli.Console;
import io.reconciler.cli.SyncOptions;
import io.reconciler.engine.dryrun.PlannedConflict;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunResult;
import io.reconciler.side.mapping.MappingSet;

/**
 * What a dry run prints: its plan as it comes, so that it never has to be kept, and the results.
 */
public abstract class DryRunOutput implements ProgressListener, AutoCloseable {

  private final ProgressListener progress;

  DryRunOutput(ProgressListener progress) {
    this.progress = progress;
  }

  /** Of these tables, as the options want it; the rest of what is heard goes to this progress. */
  public static DryRunOutput of(
      SyncOptions options, Console console, ProgressListener progress, MappingSet mappings) {
    return options.json()
        ? new PlanJson(console.out(), progress)
        : new PlanText(console, progress, options.all(), mappings);
  }

  @Override
  public void records(long done) {
    progress.records(done);
  }

  @Override
  public void total(long total) {
    progress.total(total);
  }

  @Override
  public void requests(long used) {
    progress.requests(used);
  }

  @Override
  public void stage(String name) {
    progress.stage(name);
  }

  @Override
  public abstract void planned(RunResult.PlannedWrite write);

  /** The line of progress makes room before a write is printed. */
  final void printing(RunResult.PlannedWrite write) {
    progress.planned(write);
  }

  @Override
  public void decided(PlannedConflict conflict) {}

  /** The line of progress makes room before a result is printed. */
  @Override
  public void ended(RunResult result) {
    progress.ended(result);
  }

  @Override
  public void close() {}
}
