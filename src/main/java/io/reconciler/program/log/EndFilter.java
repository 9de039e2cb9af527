package io.reconciler.program.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.reconciler.program.lifecycle.ProcessEnd;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Keeps to itself what is logged while the process ends, where its end takes with it what its work
 * stands on: that all of this goes away is what was asked for. Whoever asked for details gets them.
 */
public final class EndFilter extends TurboFilter {

  private static volatile boolean on;

  /** From now on nothing is logged at the end. */
  public static void apply() {
    on = true;
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] params,
      @Nullable Throwable thrown) {
    return on && level.isGreaterOrEqual(logger.getEffectiveLevel()) && ProcessEnd.hasBegun()
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
