package io.reconciler.side.mapping;

/** Texts as PostgreSQL can hold them. */
final class Texts {

  private static final int ASCII = 0x80;

  private Texts() {}

  static boolean holdsNul(String text) {
    return text.indexOf('\0') >= 0;
  }

  /** True if half of a surrogate pair stands alone: such a text has no UTF-8. */
  static boolean holdsLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints().anyMatch(Texts::isLoneSurrogate);
      }
    }
    return false;
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The text with whatever PostgreSQL refuses written as a JSON escape. */
  static String storable(String text) {
    if (!holdsNul(text) && !holdsLoneSurrogate(text)) {
      return text;
    }
    StringBuilder storable = new StringBuilder();
    text.codePoints().forEach(point -> appendStorable(storable, point));
    return storable.toString();
  }

  /** The first {@code most} characters, never half of a pair. */
  static String head(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  /** The same JSON text, all in ASCII. */
  static String ascii(String json) {
    StringBuilder ascii = new StringBuilder();
    json.chars()
        .forEach(
            c -> {
              if (c < ASCII) {
                ascii.append((char) c);
              } else {
                ascii.append(String.format("\\u%04x", c));
              }
            });
    return ascii.toString();
  }

  private static void appendStorable(StringBuilder storable, int point) {
    if (point == 0 || isLoneSurrogate(point)) {
      storable.append(String.format("\\u%04x", point));
    } else {
      storable.appendCodePoint(point);
    }
  }

  private static boolean isLoneSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
