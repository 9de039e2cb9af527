package io.reconciler.program.boot;

import ch.qos.logback.core.PropertyDefinerBase;
import io.reconciler.cli.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The log's format, json or text, as Logback asks for it when the first line is to be logged: long
 * before the settings are read. They refuse what is neither; until then it counts as text.
 */
public final class LogFormat extends PropertyDefinerBase {

  private static final String NAME = "RECONCILER_LOG_FORMAT";

  @Override
  public String getPropertyValue() {
    String given = Objects.requireNonNullElse(System.getProperty(NAME, System.getenv(NAME)), "");
    return given.strip().equals("json") ? "json" : "text";
  }

  /** The console of a service: where its log is JSON, what it says on stderr is logged as well. */
  public static Console console(Console console, String format, Consumer<String> log) {
    return format.equals("json")
        ? new Console(
            console.out(),
            new PrintStream(new LoggedLines(log), true, StandardCharsets.UTF_8),
            console.terminal(),
            console.verbose())
        : console;
  }
}
