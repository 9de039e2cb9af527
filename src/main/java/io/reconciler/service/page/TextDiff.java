package io.reconciler.service.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is new in a text and what is gone from it, in its own order. Pure. */
final class TextDiff {

  /** More than so many pieces on a side are not compared one by one. */
  private static final int MOST = 600;

  private static final Pattern WORD = Pattern.compile("\\s+|[^\\s]+");
  private static final Pattern LINE = Pattern.compile("[^\\n]*\\n|[^\\n]+$");

  private TextDiff() {}

  enum Kind {
    SAME,
    ADDED,
    REMOVED;

    /** Its class in the style sheet. */
    public String css() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  record Part(Kind kind, String text) {}

  /** From the one text to the other: line by line where there are lines, else word by word. */
  static List<Part> of(String from, String to) {
    if (from.equals(to)) {
      return from.isEmpty() ? List.of() : List.of(new Part(Kind.SAME, from));
    }
    boolean lines = from.indexOf('\n') >= 0 || to.indexOf('\n') >= 0;
    List<String> a = pieces(lines ? ended(from) : from, lines ? LINE : WORD);
    List<String> b = pieces(lines ? ended(to) : to, lines ? LINE : WORD);
    List<Part> parts =
        joined(a.size() > MOST || b.size() > MOST ? replaced(from, to) : compared(a, b));
    return lines ? unended(parts) : parts;
  }

  // The break after the last line is nothing to see.
  private static List<Part> unended(List<Part> parts) {
    int last = parts.size() - 1;
    if (last >= 0 && parts.get(last).text().endsWith("\n")) {
      Part part = parts.get(last);
      String text = part.text().substring(0, part.text().length() - 1);
      parts.set(last, new Part(part.kind(), text));
    }
    return parts;
  }

  // The last line is a line like the others.
  private static String ended(String text) {
    return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
  }

  private static List<String> pieces(String text, Pattern pattern) {
    List<String> pieces = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      pieces.add(matcher.group());
    }
    return pieces;
  }

  private static List<Part> replaced(String from, String to) {
    List<Part> parts = new ArrayList<>();
    if (!from.isEmpty()) {
      parts.add(new Part(Kind.REMOVED, from));
    }
    if (!to.isEmpty()) {
      parts.add(new Part(Kind.ADDED, to));
    }
    return parts;
  }

  // The longest pieces that both have in the same order.
  private static List<Part> compared(List<String> a, List<String> b) {
    int[][] common = common(a, b);
    List<Part> parts = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
        parts.add(new Part(Kind.SAME, a.get(i)));
        i++;
        j++;
      } else if (j >= b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
        parts.add(new Part(Kind.REMOVED, a.get(i++)));
      } else {
        parts.add(new Part(Kind.ADDED, b.get(j++)));
      }
    }
    return parts;
  }

  private static int[][] common(List<String> a, List<String> b) {
    int[][] common = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        common[i][j] =
            a.get(i).equals(b.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private static List<Part> joined(List<Part> parts) {
    List<Part> joined = new ArrayList<>();
    for (Part part : parts) {
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).kind() == part.kind()) {
        joined.set(last, new Part(part.kind(), joined.get(last).text() + part.text()));
      } else {
        joined.add(part);
      }
    }
    return joined;
  }
}
