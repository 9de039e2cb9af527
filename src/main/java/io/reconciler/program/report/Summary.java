package io.reconciler.program.report;

import io.reconciler.cli.Console;
import io.reconciler.engine.run.RunResult;
import io.reconciler.text.Counted;
import io.reconciler.text.Plain;
import java.util.Locale;
import java.util.stream.Stream;

/** A run's result for a person. */
public final class Summary {

  private static final int SHOWN = 10;

  private Summary() {}

  /** Prints the counts and the first errors; of a dry run as what will happen. */
  public static void print(RunResult result, Console console) {
    console.line(headline(result));
    if (result.dryRun()) {
      planned(console, result);
    } else {
      done(console, result);
    }
    errors(console, result);
  }

  private static void done(Console console, RunResult result) {
    RunResult.Stage1 one = result.stage1();
    console.line(
        format(
            "  Stage 1  Airtable -> PostgreSQL  %,d processed: %,d inserted, %,d updated, %,d unchanged%s, %s",
            one.recordsProcessed(),
            one.inserted(),
            one.updated(),
            one.unchanged(),
            one.deactivated() > 0 ? ", %,d deactivated".formatted(one.deactivated()) : "",
            Counted.of(one.errorCount(), "error")));
    RunResult.Stage2 two = result.stage2();
    console.line(
        format(
            "  Stage 2  PostgreSQL -> Airtable  %,d processed: %,d updated, %s, %s",
            two.recordsProcessed(),
            two.updated(),
            skipped(two, "skipped"),
            Counted.of(two.errorCount(), "error")));
    console.line(
        format(
            "  %s decided; %s to Airtable, %s",
            Counted.of(two.conflicts(), "conflict"),
            Counted.of(result.airtableRequests(), "request"),
            Counted.of(result.rateLimitWaits(), "rate limit wait")));
  }

  private static void planned(Console console, RunResult result) {
    RunResult.Stage1 one = result.stage1();
    console.line(
        format(
            "  Stage 1  Airtable -> PostgreSQL  will process %,d: insert %,d, update %,d, leave %,d unchanged%s, %s",
            one.recordsProcessed(),
            one.inserted(),
            one.updated(),
            one.unchanged(),
            one.deactivated() > 0 ? ", deactivate %,d".formatted(one.deactivated()) : "",
            Counted.of(one.errorCount(), "error")));
    RunResult.Stage2 two = result.stage2();
    console.line(
        format(
            "  Stage 2  PostgreSQL -> Airtable  will process %,d: send %,d, %s, %s; Airtable may yet refuse some",
            two.recordsProcessed(),
            two.updated(),
            skipped(two, "skip"),
            Counted.of(two.errorCount(), "error")));
    console.line(
        format(
            "  %s will be decided; %s to Airtable so far, %s",
            Counted.of(two.conflicts(), "conflict"),
            Counted.of(result.airtableRequests(), "request"),
            Counted.of(result.rateLimitWaits(), "rate limit wait")));
  }

  private static String skipped(RunResult.Stage2 two, String word) {
    RunResult.SkippedBy by = two.skippedBy();
    return word.equals("skip")
        ? "skip %,d (%,d in grace, %,d newer in Airtable, %,d unchanged)"
            .formatted(two.skipped(), by.grace(), by.airtableNewer(), by.unchanged())
        : "%,d skipped (%,d in grace, %,d newer in Airtable, %,d unchanged)"
            .formatted(two.skipped(), by.grace(), by.airtableNewer(), by.unchanged());
  }

  private static String format(String line, Object... values) {
    return String.format(Locale.ROOT, line, values);
  }

  private static String headline(RunResult result) {
    String how =
        result.success()
            ? (result.dryRun() ? "dry run, nothing was written," : result.outcomeText("succeeded"))
            : "FAILED";
    return format(
        "%s  %s in %.1f s%s  (run %s)",
        result.baseId(),
        how,
        result.duration() / 1000.0,
        result.success() ? "" : ": " + result.failure(),
        result.runId());
  }

  private static void errors(Console console, RunResult result) {
    Stream.concat(result.stage1().errors().stream(), result.stage2().errors().stream())
        .limit(Math.min(SHOWN, result.errorCount()))
        .forEach(error -> console.line("  error: " + Plain.line(error)));
    if (result.errorCount() > SHOWN) {
      console.line(
          format(
              "  ... and %s: --json shows up to 100 a stage",
              Counted.of(result.errorCount() - SHOWN, "more error")));
    }
  }
}
