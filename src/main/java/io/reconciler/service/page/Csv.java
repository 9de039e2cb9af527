package io.reconciler.service.page;

import java.util.List;
import java.util.stream.Collectors;

/** Lines of a file that spreadsheets read. Pure. */
final class Csv {

  /** What a spreadsheet would take for a formula. */
  private static final String FORMULA = "=+-@\t\r";

  private Csv() {}

  static String line(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  private static String cell(String text) {
    String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean quote = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quote ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
