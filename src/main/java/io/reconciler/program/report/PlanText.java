package io.reconciler.program.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.cli.Console;
import io.reconciler.engine.dryrun.PlannedConflict;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunResult;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.mapping.StoredLinks;
import org.jspecify.annotations.Nullable;

/** Dry runs for a person: the counts and a table of what will happen; every write if asked for. */
final class PlanText extends DryRunOutput {

  private final Console console;
  private final boolean all;
  private final MappingSet mappings;
  private PlanTable table;

  PlanText(Console console, ProgressListener progress, boolean all, MappingSet mappings) {
    super(progress);
    this.mappings = mappings;
    this.table = new PlanTable(mappings);
    this.console = console;
    this.all = all;
  }

  @Override
  public void planned(RunResult.PlannedWrite write) {
    table.add(write);
    if (all) {
      printing(write);
      console.line(
          "%s  %-4s  %s: %s -> %s  (%s)"
              .formatted(
                  write.recordId(),
                  write.direction(),
                  write.field(),
                  value(write.from()),
                  value(write.to()),
                  write.decision()));
    }
  }

  private static @Nullable Object value(@Nullable JsonNode value) {
    String link = value == null ? null : StoredLinks.words(value);
    return link == null ? value : link;
  }

  @Override
  public void decided(PlannedConflict conflict) {
    table.add(conflict);
  }

  @Override
  public void ended(RunResult result) {
    super.ended(result);
    Summary.print(result, console);
    if (result.success() || !table.isEmpty()) {
      table.print(console);
    }
    if (!all && !table.isEmpty()) {
      console.out().println("  every write: --all, or --json");
    }
    table = new PlanTable(mappings);
  }
}
