package io.reconciler.program.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.RunOutcome;
import io.reconciler.engine.run.RunResult;
import java.util.List;
import java.util.Objects;

/** What came of a request's runs: printed, and as an exit code. */
public final class Outcomes {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Worst first. */
  private static final List<Integer> ORDER =
      List.of(
          ExitCode.USAGE,
          ExitCode.FAILED,
          ExitCode.GUARD,
          ExitCode.BUSY,
          ExitCode.RECORD_ERRORS,
          ExitCode.DONE);

  private final List<ClientOutcome> outcomes;

  public Outcomes(List<ClientOutcome> outcomes) {
    this.outcomes = outcomes;
  }

  /** Prints the results on stdout and the busy clients on stderr; the exit code. */
  public int print(boolean json, Console console) {
    printBusy(console);
    List<RunResult> results =
        outcomes.stream()
            .filter(o -> !o.busy() && !misconfigured(o))
            .map(o -> Objects.requireNonNull(o.result()))
            .toList();
    if (!results.isEmpty()) {
      if (json) {
        console.out().println(json(results));
      } else {
        results.forEach(result -> Summary.print(result, console));
      }
    }
    return exitCode();
  }

  /** Names on stderr the clients that had no run; the exit code. */
  public int printBusy(Console console) {
    outcomes.stream()
        .filter(ClientOutcome::busy)
        .forEach(
            o ->
                console.complain(
                    "another run of %s (%s) is active: try again when it has ended"
                        .formatted(o.client().name(), o.client().baseId())));
    outcomes.stream()
        .filter(Outcomes::misconfigured)
        .forEach(o -> console.complain("%s: %s".formatted(o.client().baseId(), failure(o))));
    return exitCode();
  }

  public int exitCode() {
    return outcomes.stream()
        .map(Outcomes::exitCode)
        .min(java.util.Comparator.comparing(ORDER::indexOf))
        .orElse(ExitCode.DONE);
  }

  private static int exitCode(ClientOutcome outcome) {
    RunResult result = outcome.result();
    if (outcome.busy() || result == null) {
      return ExitCode.BUSY;
    }
    if (misconfigured(outcome)) {
      return ExitCode.USAGE;
    }
    if (outcome.outcome() == RunOutcome.STOPPED) {
      return ExitCode.GUARD;
    }
    if (!result.success()) {
      return ExitCode.FAILED;
    }
    return result.errorCount() > 0 ? ExitCode.RECORD_ERRORS : ExitCode.DONE;
  }

  private static boolean misconfigured(ClientOutcome outcome) {
    return outcome.outcome() == RunOutcome.MISCONFIGURED;
  }

  private static String failure(ClientOutcome outcome) {
    return Objects.requireNonNull(Objects.requireNonNull(outcome.result()).failure());
  }

  private String json(List<RunResult> results) {
    try {
      return JSON.writeValueAsString(outcomes.size() == 1 ? results.get(0) : results);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
