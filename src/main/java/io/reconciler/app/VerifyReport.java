package io.reconciler.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.verify.Difference;
import io.reconciler.verify.VerifyOutcome;
import io.reconciler.verify.VerifyResult;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What came of comparing both sides: printed, and as an exit code. */
final class VerifyReport {

  /** Lines below each client's counts. */
  static final int SHOWN = 50;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<VerifyOutcome> outcomes;

  VerifyReport(List<VerifyOutcome> outcomes) {
    this.outcomes = outcomes;
  }

  /** Prints the results on stdout and what failed on stderr; the exit code. */
  int print(boolean json, Console console) {
    outcomes.stream()
        .filter(outcome -> outcome.failure() != null)
        .forEach(o -> console.err().println(o.client().baseId() + ": " + o.failure()));
    List<VerifyResult> results =
        outcomes.stream()
            .filter(outcome -> outcome.result() != null)
            .map(outcome -> Objects.requireNonNull(outcome.result()))
            .toList();
    if (!results.isEmpty()) {
      if (json) {
        console.out().println(json(results));
      } else {
        results.forEach(result -> print(result, console.out()));
      }
    }
    return results.size() < outcomes.size() ? ExitCode.FAILED : exitCode(results);
  }

  private static int exitCode(List<VerifyResult> results) {
    return results.stream().allMatch(VerifyResult::isEqual)
        ? ExitCode.DONE
        : ExitCode.RECORD_ERRORS;
  }

  private String json(List<VerifyResult> results) {
    try {
      return JSON.writeValueAsString(outcomes.size() == 1 ? results.get(0) : results);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void print(VerifyResult result, PrintStream out) {
    out.printf(
        "%s  %,d matched, %,d different, %,d missing, %,d extra%n",
        result.baseId(), result.matched(), result.different(), result.missing(), result.extra());
    Stream<String> lines =
        Stream.of(
                result.errors().stream().map(text -> "error: " + text),
                result.missingRecords().stream().map(id -> id + "  missing: it has no active lead"),
                result.extraRecords().stream().map(id -> id + "  extra: it is not in Airtable"),
                result.differences().stream().map(VerifyReport::line))
            .flatMap(some -> some);
    lines.limit(SHOWN).forEach(line -> out.println(TextTable.cut("  " + line, TextTable.WIDTH)));
    long more = count(result) - SHOWN;
    if (more > 0) {
      out.printf("  ... and %,d more: --json lists them%n", more);
    }
  }

  private static long count(VerifyResult result) {
    return result.errors().size()
        + result.missing()
        + result.extra()
        + result.differences().size()
        + result.differencesLeftOut();
  }

  private static String line(Difference difference) {
    String why = difference.reason() == null ? "" : " (" + difference.reason() + ")";
    return "%s  %s: %s in Airtable, %s in PostgreSQL%s%s"
        .formatted(
            difference.recordId(),
            difference.field(),
            TextTable.cut(difference.airtable().toString(), 24),
            TextTable.cut(difference.postgres().toString(), 24),
            difference.pending() ? " (pending)" : "",
            why);
  }
}
