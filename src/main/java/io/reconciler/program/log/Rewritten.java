package io.reconciler.program.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** Logs an event with another text, in place of the one that a filter looks at. */
final class Rewritten {

  private Rewritten() {}

  /** The filter's answer; the new text comes to the filters again, without a stack of its own. */
  static FilterReply as(String text, @Nullable Marker marker, Logger logger, Level level) {
    logger.log(
        marker,
        Logger.class.getName(),
        Level.toLocationAwareLoggerInteger(level),
        text,
        null,
        null);
    return FilterReply.DENY;
  }
}
