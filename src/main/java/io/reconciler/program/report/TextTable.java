package io.reconciler.program.report;

import io.reconciler.text.Plain;
import io.reconciler.text.Wrap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Lines of columns for a person, never wider than a page; what does not fit ends in an ellipsis.
 */
final class TextTable {

  /** The widest line. */
  static final int WIDTH = 100;

  /** With so much of its last cell a line still says something. */
  private static final int READABLE = 16;

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  void row(String... cells) {
    rows.add(List.of(cells).stream().map(TextTable::oneLine).toList());
  }

  /**
   * The headings and rows, each column as wide as its widest cell; an empty column is left out. On
   * a screen that has no room for them all, the last ones follow on lines of their own.
   */
  List<String> lines(int most) {
    int[] widths = widths();
    int last = lastUsed(widths);
    int before = IntStream.range(0, last).map(i -> widths[i] == 0 ? 0 : widths[i] + 2).sum();
    if (before + Math.min(widths[last], READABLE) <= most) {
      return rows.stream().map(row -> Plain.head(line(row, widths, widths.length), most)).toList();
    }
    int fitting = 0;
    int used = 0;
    while (used + widths[fitting] <= most) {
      used += widths[fitting] == 0 ? 0 : widths[fitting] + GAP.length();
      fitting++;
    }
    int first = fitting;
    return rows.stream().flatMap(row -> folded(row, widths, first, most).stream()).toList();
  }

  private static List<String> folded(List<String> row, int[] widths, int first, int most) {
    List<String> lines = new ArrayList<>();
    lines.add(line(row, widths, first));
    String rest =
        row.subList(first, row.size()).stream()
            .filter(cell -> !cell.isEmpty())
            .collect(Collectors.joining(GAP));
    if (!rest.isEmpty()) {
      lines.addAll(Wrap.words(GAP + rest, most, GAP.length()));
    }
    return lines;
  }

  private int[] widths() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private static int lastUsed(int[] widths) {
    int last = widths.length - 1;
    while (last > 0 && widths[last] == 0) {
      last--;
    }
    return last;
  }

  private static String line(List<String> row, int[] widths, int columns) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns; i++) {
      if (widths[i] > 0) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length())).append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }

  private static String oneLine(String text) {
    return Plain.cell(text);
  }
}
