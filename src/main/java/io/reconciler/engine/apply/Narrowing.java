package io.reconciler.engine.apply;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a column does to a value that has more digits than it keeps. Pure. */
final class Narrowing {

  /** PostgreSQL rounds a time to the nearest of the digits that it keeps, at the least a second. */
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  private static final BigDecimal HALF = new BigDecimal("0.5");

  private Narrowing() {}

  /** Whether what is stored is what was written, but for its last digits or its last blanks. */
  static boolean isOf(@Nullable Object written, @Nullable Object stored) {
    if (written instanceof Number number && stored instanceof Number rounded) {
      return isRounded(new BigDecimal(number.toString()), new BigDecimal(rounded.toString()));
    }
    if (written instanceof Instant time && stored instanceof Instant rounded) {
      return Duration.between(time, rounded).abs().compareTo(HALF_A_SECOND) <= 0;
    }
    return written instanceof String text
        && stored instanceof String cut
        && text.stripTrailing().equals(cut.stripTrailing());
  }

  private static boolean isRounded(BigDecimal written, BigDecimal stored) {
    BigDecimal last = stored.stripTrailingZeros().ulp();
    return written.subtract(stored).abs().compareTo(last.multiply(HALF)) <= 0;
  }
}
