package io.reconciler.settings;

import static io.reconciler.settings.Variable.*;

import io.reconciler.decide.Granularity;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything the environment says, checked; null where a variable without a default is not set.
 *
 * @param table null: the mapping's table
 * @param baseTokens the tokens of single bases, which go before the other one
 * @param lastModifiedField null: the mapping's field
 * @param rateLimit the time that one request takes of its base's budget
 * @param schedule a Quartz cron, in UTC
 * @param refreshSchedule the same, of the refresh of computed fields
 * @param mapping null: the mapping that comes with the program
 * @param warnings what is allowed but worth a line in the log
 */
public record Settings(
    @Nullable DatabaseUrl database,
    @Nullable Secret airtableApiKey,
    BaseTokens baseTokens,
    @Nullable String airtableBaseId,
    URI airtableApiUrl,
    @Nullable String table,
    @Nullable String lastModifiedField,
    int lookbackMinutes,
    Duration gracePeriod,
    Duration rateLimit,
    Granularity granularity,
    String schedule,
    String refreshSchedule,
    @Nullable Secret jwtSecret,
    int serverPort,
    int managementPort,
    InetAddress serverAddress,
    InetAddress managementAddress,
    @Nullable Path mapping,
    Watching watching,
    NoticeSettings notices,
    WebSettings web,
    Storage storage,
    List<String> warnings) {
  private static final Duration FOR_EVER = Duration.ofDays(36_525);

  private static final long AIRTABLE_PACE_MS = 200;

  /** The same where it does not matter whether a schedule that came once comes again. */
  public static Settings read(UnaryOperator<@Nullable String> lookup, Set<Need> needs) {
    return read(lookup, needs, Instant.EPOCH);
  }

  /**
   * Reads every variable through the lookup; throws InvalidSettingsException with all problems: a
   * value that is malformed, or one that a need asks for and that is missing.
   *
   * @param now a schedule must come after it
   */
  public static Settings read(
      UnaryOperator<@Nullable String> lookup, Set<Need> needs, Instant now) {
    Variables variables = new Variables(lookup);
    requireWhatIsNeeded(variables, needs);
    Settings settings = parse(variables, now);
    if (needs.contains(Need.WEB)) {
      settings.checkPorts(variables);
    }
    variables.throwIfAnyProblem();
    return settings;
  }

  /** Reads what a demo uses: nothing that points to accounts, databases or files of the user. */
  public static Settings forDemo(UnaryOperator<@Nullable String> lookup) {
    Set<String> own = Set.of(SERVER_PORT.name(), MANAGEMENT_SERVER_PORT.name(), DEBUG.name());
    return read(name -> own.contains(name) ? lookup.apply(name) : null, Set.of());
  }

  /** Whether the text has the form of a base id: app and 14 letters or digits. */
  public static boolean isBaseId(String text) {
    return Parsers.isBaseId(text);
  }

  private static void requireWhatIsNeeded(Variables variables, Set<Need> needs) {
    if (needs.contains(Need.DATABASE)) {
      variables.require(DATABASE_URL, "set it to your PostgreSQL");
    }
    if (needs.contains(Need.AIRTABLE)) {
      variables.require(AIRTABLE_API_KEY, "set it to a personal access token of Airtable");
    }
  }

  private static Settings parse(Variables variables, Instant now) {
    Duration rateLimit = millis(variables, RECONCILER_RATE_LIMIT_MS, 1, 60_000, AIRTABLE_PACE_MS);
    return new Settings(
        variables.parse(DATABASE_URL, DatabaseUrl::parse),
        variables.parse(AIRTABLE_API_KEY, Parsers::apiKey),
        new BaseTokens(variables.lookup()),
        variables.parse(AIRTABLE_BASE_ID, Parsers::baseId),
        variables.parse(AIRTABLE_API_URL, Parsers::apiUrl, URI.create(AIRTABLE_API_URL.example())),
        variables.text(AIRTABLE_TABLE),
        variables.text(AIRTABLE_LAST_MODIFIED_FIELD),
        variables
            .parse(RECONCILER_LOOKBACK_MINUTES, Parsers.number(1, 1440, "minutes"), 20L)
            .intValue(),
        grace(millis(variables, RECONCILER_GRACE_PERIOD_MS, 0, Long.MAX_VALUE, 60_000)),
        rateLimit,
        variables.parse(RECONCILER_CONFLICT_GRANULARITY, Parsers::granularity, Granularity.FIELD),
        schedule(variables, RECONCILER_SCHEDULE, now),
        schedule(variables, RECONCILER_REFRESH_SCHEDULE, now),
        variables.parseRaw(RECONCILER_JWT_SECRET, Parsers::jwtSecret),
        port(variables, SERVER_PORT, 8080),
        port(variables, MANAGEMENT_SERVER_PORT, 8081),
        variables.parse(SERVER_ADDRESS, Parsers::address, InetAddress.getLoopbackAddress()),
        variables.parse(
            MANAGEMENT_SERVER_ADDRESS, Parsers::address, InetAddress.getLoopbackAddress()),
        variables.parse(RECONCILER_MAPPING, Parsers::mapping),
        Watching.parse(variables),
        NoticeSettings.read(variables),
        WebSettings.parse(variables),
        Storage.parse(variables),
        warnings(rateLimit));
  }

  private static String schedule(Variables variables, Variable variable, Instant now) {
    return variables.parse(variable, text -> Cron.parse(text, now), variable.example());
  }

  // PostgreSQL's intervals end somewhere, and nobody lives to see the difference.
  private static Duration grace(Duration given) {
    return given.compareTo(FOR_EVER) < 0 ? given : FOR_EVER;
  }

  private static Duration millis(
      Variables variables, Variable variable, long least, long most, long otherwise) {
    return Duration.ofMillis(
        variables.parse(variable, Parsers.number(least, most, "milliseconds"), otherwise));
  }

  private static int port(Variables variables, Variable variable, long otherwise) {
    return variables.parse(variable, Parsers.number(0, 65_535, ""), otherwise).intValue();
  }

  private static List<String> warnings(Duration rateLimit) {
    if (rateLimit.toMillis() >= AIRTABLE_PACE_MS) {
      return List.of();
    }
    return List.of(
        "RECONCILER_RATE_LIMIT_MS is %d: Airtable itself allows a request every %d ms; use less"
                .formatted(rateLimit.toMillis(), AIRTABLE_PACE_MS)
            + " only with a server that allows more");
  }

  private void checkPorts(Variables variables) {
    if (serverPort != 0 && serverPort == managementPort) {
      variables.malformed(
          MANAGEMENT_SERVER_PORT, "it must differ from SERVER_PORT, both are " + serverPort);
    }
  }
}
