package io.reconciler.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.reconciler.cli.Console;
import org.slf4j.LoggerFactory;

/** Sets how much a command logs on stderr. */
final class Verbosity {

  private static final String OURS = "io.reconciler";

  /** The property by which Spring sets the same level. */
  static final String PROPERTY = "logging.level." + OURS;

  private Verbosity() {}

  /** The level as it is now. */
  static String level() {
    return LoggerFactory.getLogger(OURS) instanceof Logger logger
        ? logger.getEffectiveLevel().toString()
        : Level.WARN.toString();
  }

  /** Warnings alone, which do not run into a progress line; everything when it is to be verbose. */
  static void apply(Console console) {
    level(OURS, console.verbose() ? Level.DEBUG : Level.WARN);
  }

  /** Also what is done, one line a run. */
  static void informative(Console console) {
    level(OURS, console.verbose() ? Level.DEBUG : Level.INFO);
  }

  private static void level(String name, Level level) {
    if (LoggerFactory.getLogger(name) instanceof Logger logger) {
      logger.setLevel(level);
    }
  }
}
