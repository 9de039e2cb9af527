package io.reconciler.service.page;

import io.reconciler.text.Counted;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people write them, for the templates. Pure. */
public final class Format {

  /** What stands where there is nothing. */
  static final String NOTHING = "—";

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  Format() {}

  /** {@code 12,300}. */
  public String n(@Nullable Number number) {
    return number == null ? NOTHING : String.format(Locale.ROOT, "%,d", number.longValue());
  }

  /** The same, with a dash where there is nothing to count. */
  public String some(@Nullable Number number) {
    return number == null || number.longValue() == 0 ? "–" : n(number);
  }

  /** {@code 1 error}, {@code 12,300 errors}. */
  public String of(long count, String noun) {
    return Counted.of(count, noun);
  }

  /** {@code 340 ms}, {@code 2.6 s}, {@code 3 min 20 s}, {@code 1 h 5 min}, {@code 2 d 3 h}. */
  public String duration(@Nullable Number millis) {
    return millis == null ? NOTHING : span(millis.longValue());
  }

  static String span(Duration duration) {
    return span(duration.toMillis());
  }

  private static String span(long ms) {
    if (ms < SECOND) {
      return ms + " ms";
    }
    if (ms < MINUTE) {
      return String.format(Locale.ROOT, "%.1f s", ms / (double) SECOND);
    }
    if (ms < HOUR) {
      return two(ms / MINUTE, "min", ms % MINUTE / SECOND, "s");
    }
    return ms < DAY
        ? two(ms / HOUR, "h", ms % HOUR / MINUTE, "min")
        : two(ms / DAY, "d", ms % DAY / HOUR, "h");
  }

  private static String two(long many, String unit, long rest, String smaller) {
    return rest == 0 ? many + " " + unit : many + " " + unit + " " + rest + " " + smaller;
  }
}
