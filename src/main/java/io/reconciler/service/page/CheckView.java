package io.reconciler.service.page;

import io.reconciler.engine.check.CheckLine;
import io.reconciler.engine.check.Status;
import io.reconciler.text.Counted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the preflight found: first what is wrong, and what is as it should be, folded. Pure. */
record CheckView(Tone tone, String said, List<Line> wanted, List<Area> good) {

  /** Something to look at. */
  record Line(Tone tone, String word, String area, String text, String fix) {}

  /** What is as it should be, of one kind. */
  record Area(String name, List<String> texts) {}

  static CheckView of(List<CheckLine> lines) {
    List<Line> wanted = new ArrayList<>();
    Map<String, List<String>> good = new LinkedHashMap<>();
    for (CheckLine line : lines) {
      if (line.status() == Status.OK) {
        good.computeIfAbsent(line.area(), area -> new ArrayList<>()).add(line.text());
      } else {
        wanted.add(line(line));
      }
    }
    long failed = count(lines, Status.FAILED);
    long warnings = count(lines, Status.WARNING);
    Tone tone = failed > 0 ? Tone.BAD : warnings > 0 ? Tone.WARN : Tone.CALM;
    List<Area> areas = new ArrayList<>();
    good.forEach((name, texts) -> areas.add(new Area(name, texts)));
    return new CheckView(tone, said(lines.size(), failed, warnings), wanted, areas);
  }

  private static String said(int all, long failed, long warnings) {
    if (failed > 0) {
      return (failed == 1 ? "One thing has" : failed + " things have")
          + " to be put right before runs can work.";
    }
    return warnings > 0
        ? "Runs can work; " + Counted.of(warnings, "thing") + " should be looked at."
        : "Everything that a run needs is there: " + Counted.of(all, "check") + " passed.";
  }

  private static long count(List<CheckLine> lines, Status status) {
    return lines.stream().filter(line -> line.status() == status).count();
  }

  private static Line line(CheckLine line) {
    return switch (line.status()) {
      case FAILED -> new Line(Tone.BAD, "failed", line.area(), line.text(), line.fix());
      case WARNING -> new Line(Tone.WARN, "look at", line.area(), line.text(), line.fix());
      default -> new Line(Tone.CALM, "skipped", line.area(), line.text(), line.fix());
    };
  }
}
