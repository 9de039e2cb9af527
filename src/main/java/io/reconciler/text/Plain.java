package io.reconciler.text;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Texts as they may be shown. What steers a terminal, breaks a line or turns the direction of
 * writing is spelled out as a JSON escape, so that it can be seen and does nothing.
 */
public final class Plain {

  private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Plain() {}

  /** The text on one line: {@code \n} for a line break, {@code \u001b} for an escape. */
  public static String line(@Nullable String text) {
    if (text == null || text.codePoints().noneMatch(Plain::steers)) {
      return text == null ? "" : text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> append(shown, point));
    return shown.toString();
  }

  /** The same, no longer than {@code most} characters: the rest becomes an ellipsis. */
  public static String line(@Nullable String text, int most) {
    if (text == null) {
      return "";
    }
    // What is cut away is not even looked at: it may be very long.
    boolean whole = text.length() <= most;
    String shown = line(whole ? text : text.substring(0, most));
    if (whole && shown.length() <= most) {
      return shown;
    }
    int end = Math.min(shown.length(), most - 1);
    return shown.substring(0, Character.isHighSurrogate(shown.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }

  /** The first line of the text, likewise. */
  public static String firstLine(@Nullable String text, int most) {
    return line(text == null ? "" : text.lines().findFirst().orElse("").strip(), most);
  }

  /**
   * The text, no longer than {@code most} characters: the rest becomes an ellipsis, and no
   * character is cut in two.
   */
  public static String head(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + "…";
  }

  /** Its letters and digits alone, in lower case: what is left of it in whatever form. */
  public static String bare(String text) {
    return OTHERS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  /** The text on one line for a table: line breaks, tabs and other controls are blanks there. */
  public static String cell(@Nullable String text) {
    return text == null ? "" : line(text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp} ]+", " "));
  }

  /** The text with its own line breaks and tabs, and nothing else that steers. */
  public static String lines(String text) {
    if (text.codePoints().noneMatch(point -> steers(point) && !isBreak(point))) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int point = text.codePointAt(i);
      // A system's own line separator may begin with it; alone it goes back in the line.
      boolean ends = point == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (ends || isBreak(point)) {
        shown.appendCodePoint(point);
      } else {
        append(shown, point);
      }
    }
    return shown.toString();
  }

  /** Whether a character does more than to show itself. */
  public static boolean steers(int point) {
    return switch (Character.getType(point)) {
      // C0, DEL and C1; U+2028 and U+2029; marks without a glyph, bidi controls among them; half
      // of a pair.
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT -> !joins(point);
      default -> false;
    };
  }

  // Emoji, Persian and the Indic scripts are written with these two.
  private static boolean joins(int point) {
    return point == 0x200C || point == 0x200D || isTag(point);
  }

  // The flags of England, Scotland and Wales are spelled with tags.
  private static boolean isTag(int point) {
    return point >= 0xE0020 && point <= 0xE007F;
  }

  private static boolean isBreak(int point) {
    return point == '\n' || point == '\t';
  }

  private static void append(StringBuilder shown, int point) {
    switch (point) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (steers(point)) {
          shown.append(escape(point));
        } else {
          shown.appendCodePoint(point);
        }
      }
    }
  }

  private static String escape(int point) {
    StringBuilder escaped = new StringBuilder();
    for (char unit : Character.toChars(point)) {
      escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
    }
    return escaped.toString();
  }
}
