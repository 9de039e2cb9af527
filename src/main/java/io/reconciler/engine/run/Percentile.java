package io.reconciler.engine.run;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The time within which 95 of 100 were done. Pure. */
final class Percentile {

  private static final double SHARE = 0.95;

  private Percentile() {}

  /** In milliseconds; null when there were none. */
  static @Nullable Long of(List<Duration> lags) {
    if (lags.isEmpty()) {
      return null;
    }
    int place = (int) Math.ceil(lags.size() * SHARE) - 1;
    return lags.stream().sorted().skip(place).findFirst().orElseThrow().toMillis();
  }
}
