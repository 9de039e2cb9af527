package io.reconciler.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.ledger.SettleResult;
import io.reconciler.text.Plain;
import java.util.Comparator;
import java.util.List;

/** What came of requests to settle entries: printed, and as an exit code. */
final class SettleResults {

  /** Worst first. */
  private static final List<Integer> ORDER =
      List.of(
          ExitCode.FAILED, ExitCode.USAGE, ExitCode.BUSY, ExitCode.RECORD_ERRORS, ExitCode.DONE);

  private final List<SettleResult> results;

  SettleResults(List<SettleResult> results) {
    this.results = results;
  }

  /** Prints what was done on stdout and what could not even begin on stderr; the exit code. */
  int print(Console console) {
    if (results.isEmpty()) {
      console.out().println("nothing is open: there is nothing to try again");
    }
    results.forEach(result -> print(result, console));
    return results.stream()
        .map(SettleResults::exitCode)
        .min(Comparator.comparing(ORDER::indexOf))
        .orElse(ExitCode.DONE);
  }

  private static void print(SettleResult result, Console console) {
    int code = exitCode(result);
    boolean begun = code == ExitCode.DONE || code == ExitCode.RECORD_ERRORS;
    (begun ? console.out() : console.err())
        .println(result.id() + "  " + Plain.line(result.message()));
    JsonNode details = result.details();
    if (details != null) {
      LedgerText.lines(details).forEach(console.out()::println);
    }
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
