package io.reconciler.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks lines between words. */
public final class Wrap {

  private Wrap() {}

  /**
   * The line in parts that are no wider than this, as far as its words allow.
   *
   * @param indent the blanks before every part but the first
   */
  public static List<String> words(String line, int width, int indent) {
    List<String> parts = new ArrayList<>();
    String rest = line;
    while (rest.length() > width) {
      int end = lastBlank(rest, width, indentOf(rest));
      if (end < 0) {
        break;
      }
      parts.add(rest.substring(0, end).stripTrailing());
      rest = " ".repeat(indent) + rest.substring(end).stripLeading();
    }
    parts.add(rest);
    return parts;
  }

  /** The last blank that ends a part; after a longer word the first; none in a last word. */
  private static int lastBlank(String line, int width, int from) {
    int last = line.lastIndexOf(' ', width);
    return last > from ? last : line.indexOf(' ', Math.max(from, width));
  }

  private static int indentOf(String line) {
    return line.length() - line.stripLeading().length();
  }
}
