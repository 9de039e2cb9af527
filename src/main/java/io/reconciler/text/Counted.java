package io.reconciler.text;

import java.util.Locale;

/** Numbers of things, as a person says them. */
public final class Counted {

  private Counted() {}

  /** {@code 1 error}, {@code 2 errors}, {@code 1,200 errors}. */
  public static String of(long count, String noun) {
    return of(count, noun, noun + "s");
  }

  /** The same, with a plural that is not the usual one. */
  public static String of(long count, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
  }
}
