package io.reconciler.sandbox.table;

import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** Makes and checks ids: three letters and 14 of [0-9A-Za-z]; the same ids in every run. */
public final class Ids {

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int TAIL = 14;
  private static final Pattern FORM = Pattern.compile("[a-z]{3}[0-9A-Za-z]{14}");

  private final SplittableRandom random;

  public Ids(long seed) {
    random = new SplittableRandom(seed);
  }

  public synchronized String next(String prefix) {
    StringBuilder id = new StringBuilder(prefix);
    for (int i = 0; i < TAIL; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }

  public static boolean wellFormed(String prefix, String id) {
    return id.startsWith(prefix) && FORM.matcher(id).matches();
  }

  static String checked(String prefix, String id) {
    if (!wellFormed(prefix, id)) {
      throw new IllegalArgumentException(
          "Not an Airtable id: " + id + " (" + prefix + " and 14 letters or digits)");
    }
    return id;
  }
}
