package io.reconciler.program.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.engine.check.CheckLine;
import io.reconciler.engine.check.Status;
import io.reconciler.text.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The command `check`: prints what the preflight finds, as text or as one JSON object. */
public final class CheckReport {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WIDEST_STATUS = 7;

  /** Behind status and area. */
  private static final int TEXT_AT = 22;

  /** So many good lines in a row about one thing are more than anybody reads. */
  private static final int FOLD_FROM = 4;

  private final List<CheckLine> lines;
  private final BooleanSupplier hasRun;

  /** Prints these lines of a preflight, after which no run can be made. */
  public CheckReport(List<CheckLine> lines) {
    this(lines, () -> false);
  }

  /** Prints these lines of a preflight where a run has succeeded, or none yet. */
  public CheckReport(List<CheckLine> lines, BooleanSupplier hasRun) {
    this.lines = lines;
    this.hasRun = hasRun;
  }

  /** Prints them; exit code 1 when something is FAILED, else 0. */
  public int print(boolean json, Console console) {
    if (json) {
      console.out().println(json(lines));
    } else {
      folded(lines).forEach(line -> print(line, console));
      console.line(summary(lines));
      next().ifPresent(console::line);
    }
    return isOk(lines) ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** Many good lines in a row about one thing become one with their count. */
  private static List<CheckLine> folded(List<CheckLine> lines) {
    List<CheckLine> folded = new ArrayList<>();
    int start = 0;
    while (start < lines.size()) {
      int end = start + 1;
      while (end < lines.size() && isAlike(lines.get(start), lines.get(end))) {
        end++;
      }
      if (end - start >= FOLD_FROM && lines.get(start).status() == Status.OK) {
        String text = (end - start) + " are as they should be";
        folded.add(new CheckLine(lines.get(start).area(), Status.OK, text, ""));
      } else {
        folded.addAll(lines.subList(start, end));
      }
      start = end;
    }
    return folded;
  }

  private static boolean isAlike(CheckLine one, CheckLine other) {
    return one.area().equals(other.area()) && one.status() == other.status();
  }

  // Whoever has runs already looks after them, and has nothing to do next.
  private Optional<String> next() {
    if (!isOk(lines)) {
      return Optional.of(
          "next: put right what FAILED, from the top, and run reconciler check again");
    }
    return hasRun.getAsBoolean()
        ? Optional.empty()
        : Optional.of("next: reconciler sync --full --dry-run shows what a first run would do");
  }

  private static boolean isOk(List<CheckLine> lines) {
    return count(lines, Status.FAILED) == 0;
  }

  private static void print(CheckLine line, Console console) {
    String text = "%-7s  %-11s  %s".formatted(line.status().name(), line.area(), line.text());
    List<String> parts = console.parts(text, TEXT_AT);
    console.out().println(coloured(line.status(), parts.get(0), console));
    parts.stream().skip(1).forEach(console.out()::println);
    if (!line.fix().isEmpty()) {
      String fix = " ".repeat(TEXT_AT) + "fix: " + line.fix();
      console.parts(fix, TEXT_AT + 2).forEach(console.out()::println);
    }
  }

  private static String coloured(Status status, String line, Console console) {
    return console.colours()
        ? "\u001b["
            + colour(status)
            + "m"
            + line.substring(0, WIDEST_STATUS)
            + "\u001b[0m"
            + line.substring(WIDEST_STATUS)
        : line;
  }

  private static int colour(Status status) {
    return switch (status) {
      case OK -> 32;
      case WARNING -> 33;
      case FAILED -> 31;
      case SKIPPED -> 90;
    };
  }

  private static String summary(List<CheckLine> lines) {
    return "%s: %d failed, %s, %d skipped"
        .formatted(
            Counted.of(lines.size(), "check"),
            count(lines, Status.FAILED),
            Counted.of(count(lines, Status.WARNING), "warning"),
            count(lines, Status.SKIPPED));
  }

  private static long count(List<CheckLine> lines, Status status) {
    return lines.stream().filter(line -> line.status() == status).count();
  }

  private static ObjectNode json(List<CheckLine> lines) {
    ObjectNode json = JSON.createObjectNode().put("ok", isOk(lines));
    ArrayNode checks = json.putArray("checks");
    for (CheckLine line : lines) {
      checks
          .addObject()
          .put("area", line.area())
          .put("status", line.status().name())
          .put("text", line.text())
          .put("fix", line.fix());
    }
    return json;
  }
}
