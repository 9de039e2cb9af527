package io.reconciler.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names as people mistake them: which of those that are there a wrong one may have meant. Pure. */
public final class Nearest {

  /** So many names are still of help where none is near. */
  private static final int MOST = 12;

  private static final int LONGEST = 60;

  /** Shorter names have too little in them to be mistaken for part of another. */
  private static final int SHORTEST_PART = 4;

  private Nearest() {}

  /** Whether one may be the other, renamed or mistyped: nearly alike, or one within the other. */
  public static boolean alike(String one, String other) {
    String a = bare(one);
    String b = bare(other);
    return contained(a, b) || (!a.isEmpty() && distance(a, b, false) <= typos(a, b, 4));
  }

  /** Wider than that: where a name is wrong, a letter may be, and two may be swapped. */
  private static boolean isMeant(String wrong, String name) {
    String a = bare(wrong);
    String b = bare(name);
    return contained(a, b) || (!a.isEmpty() && distance(a, b, true) <= typos(a, b, 3));
  }

  // Whoever forgets the schema before a table's name means the table.
  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static int difference(String wrong, String name) {
    return Math.min(
        distance(bare(wrong), bare(name), true), distance(bare(wrong), bare(last(name)), true));
  }

  private static boolean contained(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    return shorter > 0
        && (a.equals(b) || (shorter >= SHORTEST_PART && (a.contains(b) || b.contains(a))));
  }

  // One in so many letters.
  private static int typos(String a, String b, int letters) {
    return b.isEmpty() ? -1 : Math.max(a.length(), b.length()) / letters;
  }

  /** The name among those that is most like the wrong one; empty when none is alike. */
  public static Optional<String> of(String wrong, Collection<String> there) {
    return there.stream()
        .filter(name -> isMeant(wrong, name) || isMeant(wrong, last(name)))
        .min(
            Comparator.<String>comparingInt(name -> difference(wrong, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The one that may be meant, to be said after a wrong name; empty when none is alike. */
  public static String meant(String wrong, Collection<String> there) {
    return of(wrong, there).map(name -> " (did you mean \"" + name + "\"?)").orElse("");
  }

  /**
   * What to say after a wrong name: the one that may be meant, else those there are; empty when
   * there are none.
   */
  public static String hint(String wrong, Collection<String> there) {
    String meant = meant(wrong, there);
    return meant.isEmpty() && !there.isEmpty() ? "; there is " + some(there) : meant;
  }

  /** The names, quoted, the first of them where there are many; long ones are cut. */
  public static String some(Collection<String> names) {
    List<String> first = names.stream().limit(MOST).toList();
    String shown =
        first.stream()
            .map(name -> "\"" + Plain.head(name, LONGEST) + "\"")
            .collect(Collectors.joining(", "));
    int more = names.size() - first.size();
    return more == 0 ? shown : shown + " and " + more + " more";
  }

  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
  }

  /** How many characters must be put in, taken out or replaced, or swapped with the next one. */
  private static int distance(String a, String b, boolean swaps) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j, swaps);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int step(int[][] d, String a, String b, int i, int j, boolean swaps) {
    int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
    boolean swapped =
        swaps
            && i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
  }
}
