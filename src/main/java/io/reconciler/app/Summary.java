package io.reconciler.app;

import io.reconciler.cli.Console;
import io.reconciler.run.RunResult;
import io.reconciler.text.Plain;
import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Stream;

/** A run's result for a person. */
final class Summary {

  private static final int SHOWN = 10;

  private Summary() {}

  /** Prints the counts and the first errors; of a dry run as what will happen. */
  static void print(RunResult result, Console console) {
    PrintStream out = console.out();
    out.println(headline(result));
    if (result.dryRun()) {
      planned(out, result);
    } else {
      done(out, result);
    }
    errors(out, result);
  }

  private static void done(PrintStream out, RunResult result) {
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
        "  Stage 2  PostgreSQL -> Airtable  %,d processed: %,d updated, %s, %,d errors%n",
        two.recordsProcessed(), two.updated(), skipped(two, "skipped"), two.errorCount());
    out.printf(
        "  %,d conflicts decided; %,d requests to Airtable, %,d rate limit waits%n",
        two.conflicts(), result.airtableRequests(), result.rateLimitWaits());
  }

  private static void planned(PrintStream out, RunResult result) {
    RunResult.Stage1 one = result.stage1();
    out.printf(
        "  Stage 1  Airtable -> PostgreSQL  will process %,d: insert %,d, update %,d, leave %,d unchanged%s, %,d errors%n",
        one.recordsProcessed(),
        one.inserted(),
        one.updated(),
        one.unchanged(),
        one.deactivated() > 0 ? ", deactivate %,d".formatted(one.deactivated()) : "",
        one.errorCount());
    RunResult.Stage2 two = result.stage2();
    out.printf(
        "  Stage 2  PostgreSQL -> Airtable  will process %,d: send %,d, %s, %,d errors; Airtable may yet refuse some%n",
        two.recordsProcessed(), two.updated(), skipped(two, "skip"), two.errorCount());
    out.printf(
        "  %,d conflicts will be decided; %,d requests to Airtable so far, %,d rate limit waits%n",
        two.conflicts(), result.airtableRequests(), result.rateLimitWaits());
  }

  private static String skipped(RunResult.Stage2 two, String word) {
    RunResult.SkippedBy by = two.skippedBy();
    return word.equals("skip")
        ? "skip %,d (%,d in grace, %,d newer in Airtable, %,d unchanged)"
            .formatted(two.skipped(), by.grace(), by.airtableNewer(), by.unchanged())
        : "%,d skipped (%,d in grace, %,d newer in Airtable, %,d unchanged)"
            .formatted(two.skipped(), by.grace(), by.airtableNewer(), by.unchanged());
  }

  private static String headline(RunResult result) {
    String how =
        result.success()
            ? (result.dryRun() ? "dry run, nothing was written," : result.outcomeText("succeeded"))
            : "FAILED: " + result.failure();
    return String.format(
        Locale.ROOT,
        "%s  %s in %.1f s  (run %s)",
        result.baseId(),
        how,
        result.duration() / 1000.0,
        result.runId());
  }

  private static void errors(PrintStream out, RunResult result) {
    Stream.concat(result.stage1().errors().stream(), result.stage2().errors().stream())
        .limit(Math.min(SHOWN, result.errorCount()))
        .forEach(error -> out.println("  error: " + Plain.line(error)));
    if (result.errorCount() > SHOWN) {
      out.printf(
          "  ... and %,d more errors: --json shows up to 100 a stage%n",
          result.errorCount() - SHOWN);
    }
  }
}
