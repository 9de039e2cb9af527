package io.reconciler.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples under a command's help, in a terminal that is narrower than they are. Pure. */
final class Footer {

  private static final Pattern EXPLAINED = Pattern.compile("( +)(\\S.*?) {2,}(\\S.*)");
  private static final String DEEPER = "    ";

  private Footer() {}

  /** The same lines; what is too long goes on under it, further in, and only whole words do. */
  static String[] fitted(String[] lines, int columns) {
    List<String> fitted = new ArrayList<>();
    for (String line : lines) {
      Matcher explained = EXPLAINED.matcher(line);
      if (line.length() < columns) {
        fitted.add(line);
      } else if (explained.matches()) {
        String indent = explained.group(1);
        wrap(indent, indent + DEEPER, explained.group(2), columns, fitted);
        wrap(indent + DEEPER, indent + DEEPER, explained.group(3), columns, fitted);
      } else {
        String words = line.stripLeading();
        String indent = line.substring(0, line.length() - words.length());
        // What is no example is a sentence, which goes on under its beginning.
        wrap(indent, indent.isEmpty() ? "" : indent + DEEPER, words, columns, fitted);
      }
    }
    return fitted.toArray(String[]::new);
  }

  private static void wrap(
      String indent, String next, String text, int columns, List<String> lines) {
    StringBuilder line = new StringBuilder(indent);
    boolean begun = false;
    for (String word : text.split(" ")) {
      if (begun && line.length() + 1 + word.length() >= columns) {
        lines.add(line.toString());
        line = new StringBuilder(next);
        begun = false;
      }
      line.append(begun ? " " : "").append(word);
      begun = true;
    }
    lines.add(line.toString());
  }
}
