package io.reconciler.program.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.engine.verify.Difference;
import io.reconciler.engine.verify.VerifyOutcome;
import io.reconciler.engine.verify.VerifyResult;
import io.reconciler.side.mapping.StoredLinks;
import io.reconciler.text.Plain;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of comparing both sides: printed, and as an exit code. */
public final class VerifyReport {

  /** Lines below each client's counts. */
  static final int SHOWN = 50;

  private static final int VALUE = 24;

  /** With a key, which may be a UUID, after its words. */
  private static final int LINK = 60;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<VerifyOutcome> outcomes;

  public VerifyReport(List<VerifyOutcome> outcomes) {
    this.outcomes = outcomes;
  }

  /** Prints the results on stdout and what failed on stderr; the exit code. */
  public int print(boolean json, Console console) {
    outcomes.stream()
        .filter(outcome -> outcome.failure() != null)
        .forEach(o -> console.complain(o.client().baseId() + ": " + o.failure()));
    List<VerifyResult> results =
        outcomes.stream()
            .filter(outcome -> outcome.result() != null)
            .map(outcome -> Objects.requireNonNull(outcome.result()))
            .toList();
    if (!results.isEmpty()) {
      if (json) {
        console.out().println(json(results));
      } else {
        results.forEach(result -> print(result, console));
      }
    }
    return results.size() < outcomes.size() ? failed() : exitCode(results);
  }

  private int failed() {
    return outcomes.stream()
            .filter(outcome -> outcome.failure() != null)
            .allMatch(VerifyOutcome::misconfigured)
        ? ExitCode.USAGE
        : ExitCode.FAILED;
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

  private static void print(VerifyResult result, Console console) {
    PrintStream out = console.out();
    console.line(
        String.format(
            "%s  %,d matched, %,d different, %,d missing, %,d extra%s",
            result.table() == null ? result.baseId() : result.baseId() + " " + result.table(),
            result.matched(),
            result.different(),
            result.missing(),
            result.extra(),
            result.notLinked() == 0 ? "" : String.format(", %,d not linked", result.notLinked())));
    if (count(result) > 0) {
      console.line("  " + causes(result));
    }
    Stream<String> lines =
        Stream.of(
                result.errors().stream().map(text -> "error: " + text),
                result.missingRecords().stream().map(id -> id + "  missing: it has no active lead"),
                result.extraRecords().stream().map(id -> id + "  extra: it is not in Airtable"),
                result.differences().stream().map(d -> line(d, console.paged())))
            .flatMap(some -> some);
    if (console.paged()) {
      lines
          .limit(SHOWN)
          .forEach(line -> console.line(Plain.head("  " + Plain.line(line), TextTable.WIDTH)));
      more(out, count(result) - SHOWN, "--json, or a pipe, lists them");
    } else {
      lines.forEach(line -> out.println("  " + Plain.line(line)));
      more(out, result.differencesLeftOut(), "too many to be kept");
    }
  }

  private static void more(PrintStream out, long more, String why) {
    if (more > 0) {
      out.printf("  ... and %,d more: %s%n", more, why);
    }
  }

  // Fields that differ, missing and extra records, in all.
  private static String causes(VerifyResult result) {
    return result.causes().entrySet().stream()
        .map(cause -> "%,d %s".formatted(cause.getValue(), cause.getKey().text()))
        .collect(Collectors.joining(", "));
  }

  private static long count(VerifyResult result) {
    return result.errors().size()
        + result.missing()
        + result.extra()
        + result.differences().size()
        + result.differencesLeftOut();
  }

  private static String line(Difference difference, boolean cut) {
    String why = difference.reason() == null ? "" : ": " + difference.reason();
    return "%s  %s: %s in Airtable, %s in PostgreSQL (%s%s)"
        .formatted(
            difference.recordId(),
            difference.field(),
            value(difference.airtable(), cut),
            value(difference.postgres(), cut),
            difference.cause().text(),
            why);
  }

  private static String value(JsonNode value, boolean cut) {
    String link = StoredLinks.words(value);
    if (link != null) {
      return cut ? Plain.head(link, LINK) : link;
    }
    String text = value.isNumber() ? value.decimalValue().toPlainString() : value.toString();
    return cut ? Plain.head(text, VALUE) : text;
  }
}
