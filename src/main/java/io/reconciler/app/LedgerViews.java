package io.reconciler.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.ledger.LedgerKind;
import io.reconciler.ledger.LedgerPage;
import io.reconciler.ledger.LedgerReader;
import io.reconciler.ledger.RunEntry;
import io.reconciler.run.RunResult;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The work of {@code list} and {@code show} of every ledger. */
final class LedgerViews {

  /** Entries of a list for a person; JSON has them all. */
  static final int SHOWN = 50;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LedgerReader reader;
  private final Console console;

  LedgerViews(LedgerReader reader, Console console) {
    this.reader = reader;
    this.console = console;
  }

  /** Prints what is open, or all. */
  int list(LedgerKind kind, boolean all, boolean json) {
    if (json) {
      printArray(kind, all);
    } else {
      printTable(kind, all);
    }
    return ExitCode.DONE;
  }

  /** Prints one entry. */
  int show(LedgerKind kind, String id, boolean json) {
    if (kind == LedgerKind.RUNS) {
      showRun(reader.run(id), json);
      return ExitCode.DONE;
    }
    JsonNode item = reader.find(kind, id);
    if (json) {
      console.out().println(item);
    } else {
      LedgerText.lines(item).forEach(console.out()::println);
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
    console
        .out()
        .printf(
            "  %s; started %s by %s (%s), %s%n",
            result.outcomeText(run.outcome()),
            result.startTime(),
            run.requester(),
            result.trigger(),
            run.fullSweep() ? "every record" : "window of " + run.minutes() + " minutes");
  }

  // Page by page: a ledger may be larger than the memory.
  private void printArray(LedgerKind kind, boolean all) {
    PrintStream out = console.out();
    String between = "[";
    LedgerPage.@Nullable Cursor after = null;
    do {
      LedgerPage page = reader.page(kind, all, after, LedgerReader.LARGEST_PAGE);
      for (JsonNode item : page.items()) {
        out.print(between);
        out.print(item);
        between = "," + System.lineSeparator();
      }
      after = page.next();
    } while (after != null);
    out.println(between.equals("[") ? "[]" : "]");
  }

  private void printTable(LedgerKind kind, boolean all) {
    List<JsonNode> items = reader.page(kind, all, null, SHOWN).items();
    if (items.isEmpty()) {
      console.out().println(nothing(kind, all));
      return;
    }
    LedgerTables.lines(kind, items, all).forEach(console.out()::println);
    long more = items.size() < SHOWN ? 0 : reader.count(kind, all) - items.size();
    if (more > 0) {
      console.out().printf("... and %,d more: --json lists them all%n", more);
    }
  }

  private static String nothing(LedgerKind kind, boolean all) {
    if (all) {
      return "no " + kind.entry() + " yet";
    }
    return kind == LedgerKind.RUNS
        ? "no run in the last 7 days: --all lists older ones"
        : "no open " + kind.entry() + ": --all lists settled ones";
  }
}
