package io.reconciler.program.init;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Gives out names that need no quotes in SQL, 63 bytes at most, and each of them once. */
final class PlainNames {

  private static final int LONGEST = 63;
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");

  /** PostgreSQL's own: the catalog's tables are found before those of any schema. */
  private static final String SYSTEM = "pg_";

  /** Signs that are words, and letters that no normal form takes apart. */
  private static final Map<String, String> SPELLED =
      Map.ofEntries(
          Map.entry("%", " percent "),
          Map.entry("#", " number "),
          Map.entry("&", " and "),
          Map.entry("ß", "ss"),
          Map.entry("æ", "ae"),
          Map.entry("œ", "oe"),
          Map.entry("ø", "o"),
          Map.entry("đ", "d"),
          Map.entry("ð", "d"),
          Map.entry("þ", "th"),
          Map.entry("ł", "l"),
          Map.entry("ı", "i"));

  private final Set<String> kept;
  private final Set<String> taken = new HashSet<>();

  /** Never gives out one of the kept ones. */
  PlainNames(Set<String> kept) {
    this.kept = Set.copyOf(kept);
  }

  /** Keeps a name from being given out. */
  void take(String name) {
    taken.add(name);
  }

  boolean isTaken(String name) {
    return taken.contains(name) || kept.contains(name);
  }

  /**
   * A name like that text, else like the other one, which is plain: with an underscore at its end
   * where the name is kept or reserved, with a number where it was given out before.
   */
  String give(String text, String otherwise) {
    String plain = plain(text);
    String wanted = plain.isEmpty() ? otherwise : plain;
    String name = isFree(wanted) ? wanted : with(wanted, "_");
    for (int number = 2; isTaken(name); number++) {
      name = with(wanted, "_" + number);
    }
    taken.add(name);
    return name;
  }

  private boolean isFree(String name) {
    return !kept.contains(name) && !ReservedWords.contains(name) && !name.startsWith(SYSTEM);
  }

  private static String with(String name, String end) {
    int length = Math.min(name.length(), LONGEST - end.length());
    return name.substring(0, length) + end;
  }

  /** Whether SQL takes the name without quotes. */
  static boolean isPlain(String name) {
    return PLAIN.matcher(name).matches() && !ReservedWords.contains(name);
  }

  /** The name as a statement needs it. */
  static String quoted(String name) {
    return isPlain(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * The text in snake case; empty when it holds no letter or digit that PostgreSQL needs not quote.
   */
  static String plain(String text) {
    String words = OTHERS.matcher(ascii(text)).replaceAll("_");
    String bare = words.replaceAll("^_+|_+$", "");
    String name = bare.isEmpty() || !Character.isDigit(bare.charAt(0)) ? bare : "n_" + bare;
    return name.length() <= LONGEST ? name : cut(name);
  }

  /** Ends with a whole word where that keeps most of the name. */
  private static String cut(String name) {
    String start = name.substring(0, LONGEST);
    int end = name.charAt(LONGEST) == '_' ? LONGEST : start.lastIndexOf('_');
    return start.substring(0, end > LONGEST / 2 ? end : LONGEST).replaceAll("_+$", "");
  }

  /** What is left to compare when nobody looks at case, blanks and signs. */
  static String folded(String text) {
    return OTHERS.matcher(ascii(text)).replaceAll("");
  }

  private static String ascii(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> sign : SPELLED.entrySet()) {
      lower = lower.replace(sign.getKey(), sign.getValue());
    }
    // An apostrophe parts no words: Client's is clients.
    String joined = lower.replaceAll("['’`´]", "");
    return MARKS.matcher(Normalizer.normalize(joined, Normalizer.Form.NFKD)).replaceAll("");
  }

  /** One of what the name has several of, as far as English endings tell. */
  static String singular(String name) {
    if (name.endsWith("ies") && name.length() > 4) {
      return name.substring(0, name.length() - 3) + "y";
    }
    if (name.matches(".*(ss|sh|ch|x|[^aeo]us)es")) {
      return name.substring(0, name.length() - 2);
    }
    boolean several = name.endsWith("s") && !name.matches(".*(ss|us|is)") && name.length() > 2;
    return several ? name.substring(0, name.length() - 1) : name;
  }
}
