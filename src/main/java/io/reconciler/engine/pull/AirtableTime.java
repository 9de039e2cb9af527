package io.reconciler.engine.pull;

import io.reconciler.engine.failure.RunFailedException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far Airtable's clock is from ours. One answer alone is not believed when it is far away: it
 * counts once the next answer says the same, or is forgotten when that agrees with us.
 */
final class AirtableTime {

  /** Clocks may differ by this much before the window is taken again. */
  static final Duration TOLERANCE = Duration.ofSeconds(60);

  private static final int MOST_TRIES = 4;

  private Duration supposed = Duration.ZERO;
  private boolean known;
  private int tries;

  /** Whether it was settled. */
  boolean isKnown() {
    return known;
  }

  /** Airtable's clock less ours, as far as known; also while it is measured again. */
  Duration difference() {
    return supposed;
  }

  /**
   * Measures by an answer's date, null when it has none.
   *
   * @return whether what was supposed before changed by more than the tolerance
   * @throws RunFailedException when no two answers in a row agree
   */
  boolean measure(@Nullable Instant date, Instant now) {
    Duration measured = date == null ? Duration.ZERO : Duration.between(now, date);
    boolean moved = !isNear(measured, supposed);
    known = isNear(measured, Duration.ZERO) || !moved;
    tries++;
    if (!known && tries == MOST_TRIES) {
      throw new RunFailedException(
          "Airtable's clock can't be told: no two of its last "
              + MOST_TRIES
              + " answers agree on the time (the last says "
              + date
              + ")");
    }
    supposed = measured;
    return moved;
  }

  private static boolean isNear(Duration one, Duration other) {
    return one.minus(other).abs().compareTo(TOLERANCE) <= 0;
  }
}
