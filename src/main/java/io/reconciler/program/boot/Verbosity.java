package io.reconciler.program.boot;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.reconciler.cli.Console;
import io.reconciler.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Sets how much a command logs on stderr. */
public final class Verbosity {

  private static final String OURS = "io.reconciler";

  /** What stands before the name of a logger in the property by which Spring sets its level. */
  private static final String LEVEL = "logging.level.";

  private static final List<String> WINGS = List.of("", "program.", "engine.", "side.", "service.");

  /** Packages that once had other names: what is set in an environment keeps working. */
  private static final Map<String, String> FORMER =
      Map.of(
          "app", "program",
          "merge", "decide",
          "store", "postgres",
          "camel", "door",
          "conflict", "repair",
          "deadletter", "repair",
          "ledger", "repair");

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
                .flatMap(Verbosity::loggers)
                .map(name -> "--" + LEVEL + name + "=DEBUG"))
        .toArray(String[]::new);
  }

  /** The loggers of a package by its last name, in whichever wing it stands. */
  private static Stream<String> loggers(String name) {
    String now = FORMER.getOrDefault(name, name);
    return name.equals("*") ? Stream.of(OURS) : WINGS.stream().map(wing -> OURS + "." + wing + now);
  }

  private static String level() {
    return LoggerFactory.getLogger(OURS) instanceof Logger logger
        ? logger.getEffectiveLevel().toString()
        : Level.WARN.toString();
  }

  /** Warnings alone, which do not run into a progress line; everything when it is to be verbose. */
  public static void apply(Console console) {
    level(OURS, console.verbose() ? Level.DEBUG : Level.WARN);
  }

  /** Also what is done, one line a run. */
  public static void informative(Console console) {
    level(OURS, console.verbose() ? Level.DEBUG : Level.INFO);
  }

  private static void level(String name, Level level) {
    if (LoggerFactory.getLogger(name) instanceof Logger logger) {
      logger.setLevel(level);
    }
  }
}
