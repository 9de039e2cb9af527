package io.reconciler.engine.check;

import io.reconciler.text.Plain;

/**
 * One finding of the preflight.
 *
 * @param area what it is about, one word
 * @param text what was found, one line
 * @param fix what to do, one line; empty when there is nothing to do, or the text says it
 */
public record CheckLine(String area, Status status, String text, String fix) {

  private static final int LONGEST = 2_000;

  /** Keeps both texts to one line, whatever the names in them hold. */
  public CheckLine {
    text = oneLine(text);
    fix = oneLine(fix);
  }

  static CheckLine ok(String area, String text) {
    return new CheckLine(area, Status.OK, text, "");
  }

  static CheckLine warning(String area, String text, String fix) {
    return new CheckLine(area, Status.WARNING, text, fix);
  }

  static CheckLine failed(String area, String text, String fix) {
    return new CheckLine(area, Status.FAILED, text, fix);
  }

  static CheckLine skipped(String area, String text) {
    return new CheckLine(area, Status.SKIPPED, text, "");
  }

  /** The same, with a few words in front. */
  CheckLine after(String words) {
    return words.isEmpty() ? this : new CheckLine(area, status, words + text, fix);
  }

  private static String oneLine(String text) {
    String line = Plain.cell(text.strip());
    return line.length() > LONGEST ? Plain.line(line, LONGEST) : line;
  }
}
