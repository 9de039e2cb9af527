package io.reconciler.cli;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The WINDOW of `sync`: minutes (45), minutes with a unit (20m) or hours (6h). */
final class Window {

  private static final Pattern FORM = Pattern.compile("(-?[0-9]+)([mh]?)");
  private static final int MOST = 1440;

  private Window() {}

  /** Whether the text is a window by its form, if not by its size. */
  static boolean hasForm(String text) {
    return FORM.matcher(text).matches();
  }

  /** The window in minutes; throws IllegalArgumentException with the line to show. */
  static int minutes(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "cannot read the window '%s': give minutes or hours, for example 45, 20m or 6h"
              .formatted(text));
    }
    BigInteger number = new BigInteger(form.group(1));
    BigInteger minutes =
        form.group(2).equals("h") ? number.multiply(BigInteger.valueOf(60)) : number;
    if (minutes.signum() <= 0 || minutes.compareTo(BigInteger.valueOf(MOST)) > 0) {
      throw new IllegalArgumentException(
          "lookbackMinutes must be between 1 and 1440 (given: %s)".formatted(text));
    }
    return minutes.intValueExact();
  }
}
