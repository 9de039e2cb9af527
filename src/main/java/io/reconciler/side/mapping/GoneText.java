package io.reconciler.side.mapping;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a record that Airtable does not show: it is gone, or it is there and the
 * mapping's filter does not let it in. Pure.
 */
public final class GoneText {

  /** What such a text says besides where there is a filter. */
  public static final String FILTERED = "the filter does not let it in";

  private static final Pattern GONE = Pattern.compile("is (still )?gone( from Airtable)?");

  private GoneText() {}

  /** Of leads that could not be marked inactive, and which run tries that again. */
  public static String stillActive(String records, String next, @Nullable String filter) {
    String said =
        of(
            "its record is gone, but its lead could not be marked inactive; the next %s tries again",
            filter);
    return records + ": " + said.formatted(next) + "; ";
  }

  /**
   * That text, which says that a record is gone, as it is true under this filter or without one.
   */
  public static String of(String text, @Nullable String filter) {
    return filter == null ? text : GONE.matcher(text).replaceFirst("$0, or " + FILTERED);
  }
}
