package io.reconciler.app;

import io.reconciler.cli.Console;
import io.reconciler.run.RunResult;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** A run's result for a person. */
final class Summary {

  private static final int SHOWN = 10;

  private Summary() {}

  /** Prints the counts, the first errors and, of a dry run, the plan. */
  static void print(RunResult result, Console console) {
    PrintStream out = console.out();
    out.println(headline(result));
    RunResult.Stage1 one = result.stage1();
    out.printf(
        "  Stage 1  Airtable -> PostgreSQL  %,d processed: %,d inserted, %,d updated, %,d unchanged%s, %,d errors%n",
        one.recordsProcessed(),
        one.inserted(),
        one.updated(),
        one.unchanged(),
        one.deactivated() > 0 ? ", %,d deactivated".formatted(one.deactivated()) : "",
        one.errorCount());
    RunResult.Stage2 two = result.stage2();
    out.printf(
        "  Stage 2  PostgreSQL -> Airtable  %,d processed: %,d updated, %,d skipped (%,d in grace, %,d newer in"
            + " Airtable, %,d unchanged), %,d errors%n",
        two.recordsProcessed(),
        two.updated(),
        two.skipped(),
        two.skippedBy().grace(),
        two.skippedBy().airtableNewer(),
        two.skippedBy().unchanged(),
        two.errorCount());
    out.printf(
        "  %,d conflicts decided; %,d requests to Airtable, %,d rate limit waits%n",
        two.conflicts(), result.airtableRequests(), result.rateLimitWaits());
    errors(out, one.errors());
    errors(out, two.errors());
    plan(out, result.plan());
  }

  private static String headline(RunResult result) {
    String how =
        result.success()
            ? (result.dryRun() ? "dry run, nothing written" : "done")
            : "FAILED: " + result.failure();
    return String.format(
        Locale.ROOT,
        "%s  %s in %.1f s  (run %s)",
        result.baseId(),
        how,
        result.duration() / 1000.0,
        result.runId());
  }

  private static void errors(PrintStream out, List<String> errors) {
    errors.stream().limit(SHOWN).forEach(error -> out.println("  error: " + error));
    if (errors.size() > SHOWN) {
      out.printf("  ... and %,d more: --json shows up to 100%n", errors.size() - SHOWN);
    }
  }

  private static void plan(
      PrintStream out, @org.jspecify.annotations.Nullable List<RunResult.PlannedWrite> plan) {
    if (plan == null) {
      return;
    }
    out.printf("  plan: %,d writes%n", plan.size());
    plan.forEach(
        write ->
            out.printf(
                "    %s  %-4s  %s: %s -> %s  (%s)%n",
                write.recordId(),
                write.direction(),
                write.field(),
                write.from(),
                write.to(),
                write.decision()));
  }
}
