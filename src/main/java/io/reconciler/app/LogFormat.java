package io.reconciler.app;

import ch.qos.logback.core.PropertyDefinerBase;
import java.util.Objects;

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
}
