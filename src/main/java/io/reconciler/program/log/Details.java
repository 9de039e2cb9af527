package io.reconciler.program.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

/** Whether whoever started the program wants to see all of its log. */
final class Details {

  private static final String OURS = "io.reconciler";

  private Details() {}

  /** As the level of its own loggers says. */
  static boolean areWanted(Logger logger) {
    return Level.DEBUG.isGreaterOrEqual(
        logger.getLoggerContext().getLogger(OURS).getEffectiveLevel());
  }
}
