package io.reconciler.app;

import io.reconciler.text.Plain;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of columns for a person, never wider than a page; what does not fit ends in an ellipsis.
 */
final class TextTable {

  /** The widest line. */
  static final int WIDTH = 100;

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  void row(String... cells) {
    rows.add(List.of(cells).stream().map(TextTable::oneLine).toList());
  }

  /** The headings and rows, each column as wide as its widest cell; an empty column is left out. */
  List<String> lines() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > 0) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length())).append(GAP);
      }
    }
    return cut(line.toString().stripTrailing(), WIDTH);
  }

  /** The line, or its beginning and an ellipsis. */
  static String cut(String line, int most) {
    if (line.length() <= most) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(most - 2)) ? most - 2 : most - 1;
    return line.substring(0, end) + "…";
  }

  private static String oneLine(String text) {
    return Plain.cell(text);
  }
}
