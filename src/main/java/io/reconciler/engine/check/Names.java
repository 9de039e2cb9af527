package io.reconciler.engine.check;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names of tables and fields: quoted for people, and compared as people mistake them. Pure. */
final class Names {

  private Names() {}

  static String quoted(Collection<String> names) {
    return names.stream().map(Names::quoted).collect(Collectors.joining(", "));
  }

  static String quoted(String name) {
    return "\"" + name + "\"";
  }

  /** Whether one may be the other, renamed or mistyped: nearly alike, or one within the other. */
  static boolean alike(String one, String other) {
    String a = bare(one);
    String b = bare(other);
    if (a.isEmpty() || b.isEmpty()) {
      return false;
    }
    int shorter = Math.min(a.length(), b.length());
    return a.equals(b)
        || (shorter > 3 && (a.contains(b) || b.contains(a)))
        || distance(a, b) <= Math.max(a.length(), b.length()) / 4;
  }

  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
  }

  /** How many characters must be put in, taken out or replaced to make one of the other. */
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] now = new int[b.length() + 1];
      now[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(replaced, 1 + Math.min(before[j], now[j - 1]));
      }
      before = now;
    }
    return before[b.length()];
  }
}
