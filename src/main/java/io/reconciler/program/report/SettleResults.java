package io.reconciler.program.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.engine.repair.LedgerKind;
import io.reconciler.engine.repair.SettleResult;
import io.reconciler.engine.repair.SettleResult.Status;
import io.reconciler.text.Counted;
import io.reconciler.text.Plain;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** What came of requests to settle entries: printed, and as an exit code. */
public final class SettleResults {

  /** Worst first. */
  private static final List<Integer> ORDER =
      List.of(
          ExitCode.FAILED, ExitCode.USAGE, ExitCode.BUSY, ExitCode.RECORD_ERRORS, ExitCode.DONE);

  /** Of many, those that get a line each. */
  private static final int SHOWN = 20;

  private final List<SettleResult> results;

  public SettleResults(List<SettleResult> results) {
    this.results = results;
  }

  /** Prints what was done on stdout and what could not even begin on stderr; the exit code. */
  public int print(Console console) {
    results.forEach(result -> print(result, exitCode(result), console));
    return worst(SettleResults::exitCode);
  }

  /**
   * Prints what came of many, the first of them line by line, those that were not done before the
   * others, and the totals last; the exit code.
   *
   * @param meant how many entries there were to settle
   */
  public int printAll(LedgerKind kind, int meant, Map<String, String> filters, Console console) {
    if (meant == 0) {
      String open = "no open " + kind.entry();
      console.line(
          filters.isEmpty()
              ? "nothing is open: there is nothing to settle"
              : open + " passes these filters: there is nothing to settle");
      return ExitCode.DONE;
    }
    List<SettleResult> shown =
        results.stream().sorted(Comparator.comparing(r -> r.status() == Status.DONE)).toList();
    shown.stream().limit(SHOWN).forEach(result -> print(result, codeOfMany(result), console));
    if (shown.size() > SHOWN) {
      console.out().printf("... and %,d more%n", shown.size() - SHOWN);
    }
    if (meant > 1) {
      console.line(totals(kind, meant));
    }
    return worst(SettleResults::codeOfMany);
  }

  private String totals(LedgerKind kind, int meant) {
    StringJoiner totals = new StringJoiner(", ");
    Map<Status, Long> counts =
        results.stream()
            .collect(
                Collectors.groupingBy(SettleResult::status, TreeMap::new, Collectors.counting()));
    counts.forEach(
        (status, count) -> totals.add(String.format(Locale.ROOT, "%,d %s", count, label(status))));
    if (results.size() < meant) {
      totals.add(String.format(Locale.ROOT, "%,d not tried", meant - results.size()));
    }
    return Counted.of(meant, kind.entry()) + ": " + totals;
  }

  private static String label(Status status) {
    return switch (status) {
      case DONE -> "done";
      case SETTLED_BEFORE -> "settled before";
      case MOVED_ON -> "moved on since";
      case IMPOSSIBLE -> "impossible";
      case FAILED -> "failed";
      case ERROR -> "ended by an error";
      case BUSY -> "kept by a run that is active";
      case INVALID -> "left";
      case UNKNOWN -> "unknown";
    };
  }

  private int worst(ToIntFunction<SettleResult> code) {
    return results.stream()
        .map(code::applyAsInt)
        .min(Comparator.comparing(ORDER::indexOf))
        .orElse(ExitCode.DONE);
  }

  private static void print(SettleResult result, int code, Console console) {
    boolean begun = code == ExitCode.DONE || code == ExitCode.RECORD_ERRORS;
    String line = result.id() + "  " + Plain.line(result.message());
    if (begun) {
      console.line(line);
    } else {
      console.complain(line);
    }
    JsonNode details = result.details();
    if (details != null) {
      LedgerText.lines(details).forEach(console.out()::println);
    }
  }

  // Among many, one that needs something else is no wrong usage of them all.
  private static int codeOfMany(SettleResult result) {
    int code = exitCode(result);
    return code == ExitCode.USAGE ? ExitCode.RECORD_ERRORS : code;
  }

  private static int exitCode(SettleResult result) {
    return switch (result.status()) {
      case DONE, SETTLED_BEFORE -> ExitCode.DONE;
      case MOVED_ON, IMPOSSIBLE, FAILED -> ExitCode.RECORD_ERRORS;
      case ERROR -> ExitCode.FAILED;
      case BUSY -> ExitCode.BUSY;
      case INVALID, UNKNOWN -> ExitCode.USAGE;
    };
  }
}
