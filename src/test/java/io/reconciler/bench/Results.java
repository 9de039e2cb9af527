package io.reconciler.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, case by case: the median of each figure, with its least and most. */
final class Results {

  private final Map<String, Map<String, List<Double>>> cases = new LinkedHashMap<>();

  /** One more measurement of a figure. */
  void add(String name, String figure, double value) {
    cases
        .computeIfAbsent(name, n -> new LinkedHashMap<>())
        .computeIfAbsent(figure, f -> new ArrayList<>())
        .add(value);
  }

  /** The median of a figure. */
  double median(String name, String figure) {
    List<Double> sorted = cases.get(name).get(figure).stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  /** Prints a table in Markdown; a figure that was measured several times has its spread. */
  void print(String title) {
    List<String> figures =
        cases.values().stream().flatMap(figure -> figure.keySet().stream()).distinct().toList();
    System.out.println();
    System.out.println("| " + title + " | " + String.join(" | ", figures) + " |");
    System.out.println("|---|" + "---|".repeat(figures.size()));
    cases.forEach(
        (name, measured) -> {
          StringBuilder line = new StringBuilder("| " + name + " |");
          for (String figure : figures) {
            line.append(' ').append(cell(name, figure, measured.get(figure))).append(" |");
          }
          System.out.println(line);
        });
  }

  private String cell(String name, String figure, List<Double> values) {
    if (values == null) {
      return "";
    }
    double least = values.stream().mapToDouble(v -> v).min().orElse(0);
    double most = values.stream().mapToDouble(v -> v).max().orElse(0);
    String median = text(median(name, figure));
    return least == most ? median : median + " (" + text(least) + " to " + text(most) + ")";
  }

  private static String text(double value) {
    boolean whole = Math.abs(value) >= 100 || value == Math.rint(value);
    return String.format(Locale.ROOT, whole ? "%,.0f" : "%.2f", value);
  }
}
