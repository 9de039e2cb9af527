package io.reconciler.settings;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the program is watched.
 *
 * @param monthlyQuota the API calls a month of the Airtable plan; null when unknown
 * @param traces the OTLP endpoint that traces go to, without a path; null: none are made
 * @param tracesHeaders what is sent to it along, as {@code name=value,name=value}
 * @param debug the packages below io.reconciler that log in detail; {@code *} is all of them
 */
public record Watching(
    @Nullable Long monthlyQuota,
    @Nullable URI traces,
    @Nullable Secret tracesHeaders,
    Set<String> debug) {

  static final Watching NONE = new Watching(null, null, null, Set.of());

  static Watching parse(Variables variables) {
    variables.parse(Variable.RECONCILER_LOG_FORMAT, Parsers::logFormat);
    return new Watching(
        variables.parse(
            Variable.RECONCILER_AIRTABLE_MONTHLY_QUOTA,
            Parsers.number(1, Integer.MAX_VALUE, "requests")),
        variables.parse(Variable.OTEL_EXPORTER_OTLP_ENDPOINT, Parsers::httpUrl),
        variables.parse(Variable.OTEL_EXPORTER_OTLP_HEADERS, Parsers::headers),
        debug(variables.text(Variable.DEBUG)));
  }

  // DEBUG is everybody's: what is not about the reconciler is not for us.
  private static Set<String> debug(@Nullable String text) {
    return text == null ? Set.of() : Parsers.debugPackages(text);
  }
}
