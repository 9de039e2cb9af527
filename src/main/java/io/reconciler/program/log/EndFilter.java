package io.reconciler.program.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.reconciler.engine.failure.Causes;
import io.reconciler.program.lifecycle.ProcessEnd;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Keeps to itself what is logged while the process ends of work that the end came before, and all
 * of it where the end takes with it what the work stands on: that this goes away is what was asked
 * for. Whoever asked for details gets them.
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
    return (on || (isTooLate(thrown) && !Details.areWanted(logger)))
            && level.isGreaterOrEqual(logger.getEffectiveLevel())
            && ProcessEnd.hasBegun()
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }

  // What a trigger started in the last moment finds its routes closed.
  private static boolean isTooLate(@Nullable Throwable thrown) {
    return thrown != null && Causes.find(thrown, RejectedExecutionException.class).isPresent();
  }
}
