package io.reconciler.cli;

import io.reconciler.settings.InvalidSettingsException;
import io.reconciler.text.Plain;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on stderr what went wrong, in one line, and gives the exit code for it. */
final class FailureReport {

  private final Supplier<Console> console;

  FailureReport(Supplier<Console> console) {
    this.console = console;
  }

  int reportUsage(ParameterException wrong) {
    console.get().complain(oneLine(usageMessage(wrong)));
    String[] path = wrong.getCommandLine().getCommandSpec().qualifiedName().split(" ", 2);
    console.get().complain("see: " + path[0] + " help" + (path.length > 1 ? " " + path[1] : ""));
    return ExitCode.USAGE;
  }

  int report(Throwable failure) {
    if (failure instanceof InvalidSettingsException invalid) {
      invalid.problems().forEach(problem -> console.get().complain(oneLine(problem)));
      return ExitCode.USAGE;
    }
    console.get().complain("reconciler: " + oneLine(message(failure)));
    if (console.get().verbose()) {
      failure.printStackTrace(console.get().err());
    }
    return ExitCode.FAILED;
  }

  private static String usageMessage(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return unmatchedMessage(unmatched);
    }
    return String.valueOf(wrong.getMessage());
  }

  private static String unmatchedMessage(UnmatchedArgumentException wrong) {
    String first = wrong.getUnmatched().get(0);
    boolean option = wrong.isUnknownOption();
    if (option && Window.hasForm(first)) {
      // A negative window looks like an option.
      return windowMessage(first);
    }
    boolean command = !option && !wrong.getCommandLine().getSubcommands().isEmpty();
    String kind = option ? "no such option: " : command ? "no such command: " : "one too many: ";
    List<String> near = option || command ? wrong.getSuggestions() : List.of();
    return kind + first + (near.isEmpty() ? "" : "; did you mean " + near.get(0) + "?");
  }

  private static String windowMessage(String window) {
    try {
      return "no such option: " + Window.minutes(window);
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The message with that of the root cause, since wrappers often leave out what matters. */
  private static String message(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String top = text(failure);
    String reason = text(root);
    return top.contains(reason) ? top : top + ": " + reason;
  }

  private static String text(Throwable failure) {
    @Nullable String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }

  private static String oneLine(String text) {
    return Plain.cell(text.strip());
  }
}
