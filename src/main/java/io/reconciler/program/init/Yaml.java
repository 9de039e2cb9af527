package io.reconciler.program.init;

import io.reconciler.text.Plain;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts as YAML reads them back: plain where that is safe, in double quotes elsewhere. Pure. */
final class Yaml {

  /** Safe between braces too, and no number or date. */
  private static final Pattern SAFE =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_./()%+-]*(?: [A-Za-z0-9_./()%+-]+)*");

  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf");

  private Yaml() {}

  static String text(String text) {
    boolean safe =
        SAFE.matcher(text).matches()
            && !WORDS.contains(text.toLowerCase(Locale.ROOT))
            && !text.endsWith("-");
    return safe ? text : quoted(text);
  }

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(point -> append(quoted, point));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int point) {
    if (point == '"' || point == '\\') {
      quoted.append('\\').appendCodePoint(point);
    } else if (isShown(point)) {
      quoted.appendCodePoint(point);
    } else if (point > 0xFFFF) {
      quoted.append(String.format(Locale.ROOT, "\\U%08X", point));
    } else {
      quoted.append(String.format(Locale.ROOT, "\\u%04X", point));
    }
  }

  /** What neither YAML nor a terminal takes for anything but itself. */
  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  /** A value of a default, in its own form. */
  static String value(Object value) {
    if (value instanceof String text) {
      // Quoted, since a default must be a text whatever it looks like.
      return SAFE.matcher(text).matches() ? text(text) : quoted(text);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Yaml::value).collect(Collectors.joining(", ", "[", "]"));
    }
    return value.toString();
  }

  /** What a comment says, on its one line. */
  static String comment(String text) {
    StringBuilder comment = new StringBuilder();
    Plain.line(text)
        .codePoints()
        .forEach(
            point -> {
              if (isShown(point)) {
                comment.appendCodePoint(point);
              } else {
                append(comment, point);
              }
            });
    return comment.toString();
  }
}
