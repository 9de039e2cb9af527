package io.reconciler.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.reconciler.cli.Console;
import io.reconciler.settings.Settings;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Sets how much a command logs on stderr. */
final class Verbosity {

  private static final String OURS = "io.reconciler";

  /** What stands before the name of a logger in the property by which Spring sets its level. */
  private static final String LEVEL = "logging.level.";

  private Verbosity() {}

  /**
   * What keeps the level as it is when Spring sets logging up anew; the variables of Spring, such
   * as LOGGING_LEVEL_IO_RECONCILER, go before it.
   */
  static Map<String, Object> kept() {
    return Map.of(LEVEL + OURS, level());
  }

  /**
   * The arguments by which Spring makes the packages of DEBUG log in detail, and takes that
   * variable for nothing of its own.
   */
  static String[] arguments(Settings settings) {
    return Stream.concat(
            Stream.of("--debug=false"),
            settings.watching().debug().stream()
                .map(name -> name.equals("*") ? OURS : OURS + "." + name)
                .map(name -> "--" + LEVEL + name + "=DEBUG"))
        .toArray(String[]::new);
  }

  private static String level() {
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
