package io.reconciler.program.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.engine.repair.LedgerFilter;
import io.reconciler.engine.repair.LedgerGroup;
import io.reconciler.engine.repair.LedgerKind;
import io.reconciler.engine.repair.LedgerPage;
import io.reconciler.engine.repair.LedgerReader;
import io.reconciler.engine.repair.RunEntry;
import io.reconciler.engine.run.RunResult;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.text.Counted;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The work of {@code list} and {@code show} of every ledger. */
public final class LedgerViews {

  /** Entries of a list for a person; JSON has them all. */
  static final int SHOWN = 50;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LedgerReader reader;
  private final MappingSet mappings;
  private final Console console;

  public LedgerViews(LedgerReader reader, MappingSet mappings, Console console) {
    this.reader = reader;
    this.mappings = mappings;
    this.console = console;
  }

  /** Prints what is meant of a ledger; filtered is whether that is less than its list has. */
  public int list(LedgerKind kind, LedgerFilter filter, boolean filtered, boolean json) {
    if (json) {
      printArray(kind, filter);
    } else {
      printTable(kind, filter, filtered);
    }
    return ExitCode.DONE;
  }

  public int show(LedgerKind kind, String id, boolean json) {
    if (kind == LedgerKind.RUNS) {
      showRun(reader.run(id), json);
      return ExitCode.DONE;
    }
    if (json) {
      console.out().println(reader.find(kind, id));
    } else {
      LedgerText.lines(reader.findNamed(kind, id)).forEach(console.out()::println);
    }
    return ExitCode.DONE;
  }

  private void showRun(RunEntry run, boolean json) {
    RunResult result = run.result();
    if (json) {
      ObjectNode shown = JSON.valueToTree(result);
      console.out().println(shown.put("requester", run.requester()));
      return;
    }
    Summary.print(result, console);
    console.line(
        "  %s; started %s by %s (%s), %s"
            .formatted(
                result.outcomeText(run.outcome()),
                result.startTime(),
                run.requester(),
                result.trigger(),
                run.fullSweep()
                    ? "every record"
                    : "window of " + Counted.of(run.minutes(), "minute")));
  }

  // Page by page: a ledger may be larger than the memory.
  private void printArray(LedgerKind kind, LedgerFilter filter) {
    PrintStream out = console.out();
    String between = "[";
    LedgerPage.@Nullable Cursor after = null;
    do {
      LedgerPage page = reader.page(kind, filter, after, LedgerReader.LARGEST_PAGE);
      for (JsonNode item : page.items()) {
        out.print(between);
        out.print(item);
        between = "," + System.lineSeparator();
      }
      after = page.next();
    } while (after != null);
    out.println(between.equals("[") ? "[]" : "]");
  }

  private void printTable(LedgerKind kind, LedgerFilter filter, boolean filtered) {
    List<JsonNode> items = reader.named(kind, filter, SHOWN);
    if (items.isEmpty()) {
      console.line(nothing(kind, filter.all(), filtered));
      return;
    }
    long total = kind == LedgerKind.RUNS ? runs(filter, items.size()) : totals(kind, filter);
    LedgerTables.lines(kind, items, filter.all(), mappings.isSeveral(), console.columns())
        .forEach(console.out()::println);
    if (total > items.size()) {
      console.out().printf("... and %,d more: --json lists them all%n", total - items.size());
    }
  }

  private long runs(LedgerFilter filter, int found) {
    return found < SHOWN ? found : reader.countRuns(filter.all());
  }

  /** How many there are, and of which kinds, where there is more than one. */
  private long totals(LedgerKind kind, LedgerFilter filter) {
    List<LedgerGroup> groups = reader.groups(kind, filter);
    LedgerTotals totals = new LedgerTotals(kind, groups, mappings);
    totals.lines(filter.all()).forEach(console::line);
    return totals.count();
  }

  private static String nothing(LedgerKind kind, boolean all, boolean filtered) {
    if (filtered) {
      return all
          ? "no " + kind.entry() + " passes these filters"
          : "no open " + kind.entry() + " passes these filters: --all looks at settled ones too";
    }
    if (all) {
      return "no " + kind.entry() + " yet";
    }
    return kind == LedgerKind.RUNS
        ? "no run in the last 7 days: --all lists older ones"
        : "no open " + kind.entry() + ": --all lists settled ones";
  }
}
