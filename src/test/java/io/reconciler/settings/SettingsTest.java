package io.reconciler.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reconciler.decide.Granularity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static final String SECRET = "tok3n-that-must-stay-unseen";

  private static Settings read(Map<String, String> environment, Need... needs) {
    return Settings.read(environment::get, Set.of(needs));
  }

  private static List<String> problems(Map<String, String> environment, Need... needs) {
    InvalidSettingsException thrown =
        catchThrowableOfType(InvalidSettingsException.class, () -> read(environment, needs));
    assertThat(thrown).as("a problem with %s", environment.keySet()).isNotNull();
    return thrown.problems();
  }

  @Test
  void an_empty_environment_gives_the_documented_defaults() {
    assertThat(read(Map.of()))
        .isEqualTo(
            new Settings(
                null,
                null,
                new BaseTokens(name -> null),
                null,
                URI.create("https://api.airtable.com/v0"),
                null,
                null,
                20,
                Duration.ofSeconds(60),
                Duration.ofMillis(200),
                Granularity.FIELD,
                "0 */20 * * * ?",
                "0 10 */6 * * ?",
                null,
                8080,
                8081,
                InetAddress.getLoopbackAddress(),
                InetAddress.getLoopbackAddress(),
                null,
                Watching.NONE,
                new NoticeSettings(null, null, null),
                WebSettings.NONE,
                Storage.DEFAULT,
                List.of()));
  }

  @Test
  void every_variable_reaches_its_setting(@TempDir Path directory) throws IOException {
    Path mapping = Files.writeString(directory.resolve("my leads.yaml"), "fields:");
    Map<String, String> environment = new HashMap<>();
    environment.put("RECONCILER_DATABASE_WAIT_SECONDS", "7");
    environment.put("RECONCILER_RETENTION_DAYS", "30");
    environment.put("RECONCILER_RECORD_CHANGES", "false");
    environment.put("DATABASE_URL", "postgresql://ann:pw@db:5433/portal");
    environment.put("AIRTABLE_API_KEY", " patX.1 \n");
    environment.put("AIRTABLE_BASE_ID", "app0123456789abCD");
    environment.put("AIRTABLE_API_URL", "http://localhost:9000/v0//");
    environment.put("AIRTABLE_TABLE", "People");
    environment.put("AIRTABLE_LAST_MODIFIED_FIELD", "Changed");
    environment.put("RECONCILER_LOOKBACK_MINUTES", "1440");
    environment.put("RECONCILER_GRACE_PERIOD_MS", "0");
    environment.put("RECONCILER_RATE_LIMIT_MS", "60000");
    environment.put("RECONCILER_CONFLICT_GRANULARITY", "record");
    environment.put("RECONCILER_SCHEDULE", "0 0 3 ? * MON-FRI");
    environment.put("RECONCILER_REFRESH_SCHEDULE", "0 0 4 ? * MON-FRI");
    environment.put("RECONCILER_JWT_SECRET", " 0123456789012345678901234567890");
    environment.put("SERVER_PORT", "0");
    environment.put("MANAGEMENT_SERVER_PORT", "65535");
    environment.put("SERVER_ADDRESS", "127.0.0.2");
    environment.put("MANAGEMENT_SERVER_ADDRESS", "0.0.0.0");
    environment.put("RECONCILER_MAPPING", "file:" + mapping);
    environment.put("RECONCILER_AIRTABLE_MONTHLY_QUOTA", "100000");
    environment.put("RECONCILER_LOG_FORMAT", "json");
    environment.put("DEBUG", "express:* reconciler:pull,reconciler:push");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/");
    environment.put("OTEL_EXPORTER_OTLP_HEADERS", "api-key=abc==,x=y");
    environment.put("RECONCILER_NOTICE_WEBHOOK_URL", "https://hooks.example.com/x?y=z");
    environment.put("RECONCILER_NOTICE_EMAIL_TO", "ann@example.com, bo@example.com");
    environment.put("RECONCILER_NOTICE_EMAIL_FROM", "from@example.com");
    environment.put("RECONCILER_SMTP_URL", "smtp://ann:p%40w@mail");
    environment.put("RECONCILER_PUBLIC_URL", "https://reconciler.example.com/");
    environment.put("RECONCILER_TRUSTED_PROXIES", "127.0.0.1, 10.1.0.0/16");
    environment.put("RECONCILER_MANAGEMENT_HOSTS", "Reconciler.internal, ops.example");
    assertThat(read(environment, Need.values()))
        .isEqualTo(
            new Settings(
                new DatabaseUrl("jdbc:postgresql://db:5433/portal", "ann", new Secret("pw"), null),
                new Secret("patX.1"),
                new BaseTokens(name -> null),
                "app0123456789abCD",
                URI.create("http://localhost:9000/v0"),
                "People",
                "Changed",
                1440,
                Duration.ZERO,
                Duration.ofMinutes(1),
                Granularity.RECORD,
                "0 0 3 ? * MON-FRI",
                "0 0 4 ? * MON-FRI",
                new Secret(" 0123456789012345678901234567890"),
                0,
                65535,
                InetAddress.getByAddress(new byte[] {127, 0, 0, 2}),
                InetAddress.getByAddress(new byte[4]),
                mapping,
                new Watching(
                    100_000L,
                    URI.create("http://collector:4318"),
                    new Secret("api-key=abc==,x=y"),
                    Set.of("pull", "push")),
                new NoticeSettings(
                    new Secret("https://hooks.example.com/x?y=z"),
                    new NoticeSettings.Mail(
                        "ann@example.com,bo@example.com",
                        "from@example.com",
                        new SmtpUrl(false, "mail", 587, "ann", new Secret("p@w"))),
                    URI.create("https://reconciler.example.com")),
                new WebSettings(
                    Networks.parse("127.0.0.1, 10.1.0.0/16"),
                    Set.of("reconciler.internal", "ops.example")),
                new Storage(Duration.ofSeconds(7), 30, UsersTable.PORTALS, false),
                List.of()));
  }

  @Test
  void networks_hold_addresses_and_no_names() {
    Networks networks = Networks.parse("127.0.0.1,10.1.0.0/16,fd00::/8");
    assertThat(
            List.of("127.0.0.1", "10.1.255.1", "fd12::1", "127.0.0.2", "10.2.0.1", "::1", "x")
                .stream()
                .filter(networks::contains))
        .containsExactly("127.0.0.1", "10.1.255.1", "fd12::1");
    for (String bad : new String[] {"localhost", "10.0.0.0/33", "10.0.0.0/x", "1.2.3.999", ","}) {
      assertThat(problems(Map.of("RECONCILER_TRUSTED_PROXIES", bad)))
          .singleElement()
          .asString()
          .contains("RECONCILER_TRUSTED_PROXIES", "for example");
    }
  }

  @ParameterizedTest
  @EnumSource(Variable.class)
  void an_empty_value_counts_as_not_set(Variable variable) {
    assertThat(read(Map.of(variable.name(), ""))).isEqualTo(read(Map.of()));
  }

  @ParameterizedTest
  @EnumSource(Variable.class)
  void a_blank_value_counts_as_not_set(Variable variable) {
    assertThat(read(Map.of(variable.name(), " \t\n"))).isEqualTo(read(Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RECONCILER_SCHEDULE", "RECONCILER_REFRESH_SCHEDULE"})
  void a_schedule_has_a_time_that_is_still_to_come(String variable) {
    Map<String, String> environment = Map.of(variable, "0 0 12 1 1 ? 2020");
    Instant noon = Instant.parse("2020-01-01T12:00:00Z");
    assertThat(Settings.read(environment::get, Set.of(), noon.minusSeconds(1))).isNotNull();
    assertThatThrownBy(() -> Settings.read(environment::get, Set.of(), noon))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith(
            variable + " is malformed: it has no time that is still to come; for example 0 ")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @EnumSource(
      value = Variable.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RECONCILER_MAPPING", "RECONCILER_NOTICE_EMAIL_TO"})
  void every_example_is_a_good_value(Variable variable) {
    Map<String, String> environment = Map.of(variable.name(), variable.example());
    assertThat(read(environment).warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          DATABASE_URL                    | mysql://u:p@h/db           | must start with
          DATABASE_URL                    | "postgresql://u:p@h/db"    | it is in quotes, leave them out
          DATABASE_URL                    | 'postgresql://u:p@h/db'    | it is in quotes, leave them out
          AIRTABLE_API_KEY                | pat one                    | blanks
          AIRTABLE_API_KEY                | patÄ                       | characters that no
          AIRTABLE_API_KEY                | "patX.1"                   | quotes
          AIRTABLE_API_KEY                | keyXXXXXXXXXXXXXX          | 2024-02-01
          AIRTABLE_BASE_ID                | app123                     | 14 letters or digits
          AIRTABLE_BASE_ID                | tbl0123456789abCD          | app and 14
          AIRTABLE_API_URL                | ftp://host/v0              | https://
          AIRTABLE_API_URL                | api.airtable.com/v0        | https://
          AIRTABLE_API_URL                | https://                   | not a URL
          AIRTABLE_API_URL                | https:///v0                | a host
          AIRTABLE_API_URL                | https://a b                | not a URL
          AIRTABLE_API_URL                | https://host/v0?x=1        | without ? or #
          AIRTABLE_API_URL                | https://u:p@host/v0        | no user or password
          RECONCILER_LOOKBACK_MINUTES     | 0                          | between 1 and 1440 minutes
          RECONCILER_LOOKBACK_MINUTES     | 1441                       | between 1 and 1440 minutes
          RECONCILER_LOOKBACK_MINUTES     | 20m                        | whole number
          RECONCILER_LOOKBACK_MINUTES     | 99999999999999999999       | between 1 and 1440 minutes
          RECONCILER_GRACE_PERIOD_MS      | -1                         | 0 or more milliseconds
          RECONCILER_GRACE_PERIOD_MS      | 9223372036854775808        | between 0 and 9223372036854775807 milliseconds
          RECONCILER_GRACE_PERIOD_MS      | 1.5                        | whole number
          RECONCILER_RATE_LIMIT_MS        | 0                          | between 1 and 60000
          RECONCILER_RATE_LIMIT_MS        | 60001                      | between 1 and 60000
          RECONCILER_CONFLICT_GRANULARITY | table                      | field or record
          RECONCILER_SCHEDULE             | */20 * * * *               | Quartz cron
          RECONCILER_SCHEDULE             | 0 */20 * * * *             | Quartz cron
          RECONCILER_SCHEDULE             | whenever                   | Quartz cron
          RECONCILER_SCHEDULE             | 0 0 0 L-X * ?              | Quartz cron
          RECONCILER_SCHEDULE             | 0 0 0 30 2 ?               | no time that is still to come
          RECONCILER_REFRESH_SCHEDULE     | 0 0 0 31 4,6 ?             | no time that is still to come
          RECONCILER_JWT_SECRET           | 0123456789012345678901234567890 | at least 32 bytes
          SERVER_PORT                     | 65536                      | between 0 and 65535
          SERVER_PORT                     | http                       | whole number
          MANAGEMENT_SERVER_PORT          | -1                         | between 0 and 65535
          RECONCILER_AIRTABLE_MONTHLY_QUOTA | 0                        | between 1 and
          RECONCILER_LOG_FORMAT           | xml                        | text or json
          OTEL_EXPORTER_OTLP_ENDPOINT     | collector:4318             | https://
          OTEL_EXPORTER_OTLP_HEADERS      | api-key                    | name=value
          RECONCILER_MAPPING              | mapping/leads.yaml         | must start with file:
          RECONCILER_MAPPING              | file:/no/such/file.yaml    | no readable file
          """)
  void a_malformed_value_is_one_line_with_the_variable_the_reason_and_an_example(
      String variable, String value, String reason) {
    assertThat(problems(Map.of(variable, value)))
        .singleElement()
        .asString()
        .startsWith(variable + " is malformed: ")
        .contains(reason)
        .endsWith("; for example " + Variable.valueOf(variable).example())
        .doesNotContain("\n");
  }

  @Test
  void a_grace_period_that_never_ends_is_one_that_postgresql_can_reckon_with() {
    Settings settings =
        Settings.read(
            Map.of("RECONCILER_GRACE_PERIOD_MS", String.valueOf(Long.MAX_VALUE))::get, Set.of());

    assertThat(settings.gracePeriod())
        .isBetween(Duration.ofDays(36_500), Duration.ofDays(36_525 * 100));
  }

  @Test
  void a_missing_value_is_a_problem_only_where_it_is_needed() {
    assertThat(problems(Map.of(), Need.DATABASE))
        .containsExactly(
            "DATABASE_URL is missing: set it to your PostgreSQL, for example"
                + " postgresql://user:password@localhost:5432/portal");
    assertThat(problems(Map.of("AIRTABLE_API_KEY", " "), Need.AIRTABLE))
        .singleElement()
        .asString()
        .startsWith("AIRTABLE_API_KEY is missing: ");
  }

  @Test
  void all_problems_are_told_at_once() {
    Map<String, String> environment = Map.of("SERVER_PORT", "x", "AIRTABLE_BASE_ID", "x");
    assertThat(problems(environment, Need.DATABASE, Need.AIRTABLE))
        .extracting(problem -> problem.substring(0, problem.indexOf(' ')))
        .containsExactly("DATABASE_URL", "AIRTABLE_API_KEY", "AIRTABLE_BASE_ID", "SERVER_PORT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DATABASE_URL=postgresql://" + SECRET + "@h:x/db",
        "DATABASE_URL=postgresql://u:a/" + SECRET + "@host/db",
        "DATABASE_URL=postgresql://u:%" + SECRET + "@host/db",
        "DATABASE_URL=jdbc:postgresql://host/db?password=%" + SECRET,
        "DATABASE_URL=" + SECRET,
        "AIRTABLE_API_KEY=two words " + SECRET,
        "AIRTABLE_API_KEY='" + SECRET + "'",
        "AIRTABLE_BASE_ID=" + SECRET,
        "AIRTABLE_API_URL=https://u:" + SECRET + "@host/v0",
        "RECONCILER_JWT_SECRET=" + SECRET,
        "OTEL_EXPORTER_OTLP_HEADERS=" + SECRET
      })
  void no_problem_repeats_a_secret(String assignment) {
    int equals = assignment.indexOf('=');
    Map<String, String> environment =
        Map.of(assignment.substring(0, equals), assignment.substring(equals + 1));
    assertThatThrownBy(() -> read(environment))
        .isInstanceOf(InvalidSettingsException.class)
        .message()
        .doesNotContain(SECRET);
  }

  @Test
  void settings_can_be_logged_without_showing_a_secret() {
    Map<String, String> environment =
        Map.of(
            "DATABASE_URL",
            "postgresql://ann:" + SECRET + "@db/portal?sslpassword=" + SECRET,
            "AIRTABLE_API_KEY",
            SECRET,
            "RECONCILER_JWT_SECRET",
            SECRET.repeat(2));
    assertThat(read(environment).toString())
        .contains("jdbc:postgresql://db:5432/portal as ann")
        .doesNotContain(SECRET);
  }

  @Test
  void a_pace_quicker_than_airtable_allows_is_accepted_with_a_warning() {
    Settings settings = read(Map.of("RECONCILER_RATE_LIMIT_MS", "199"));
    assertThat(settings.rateLimit()).isEqualTo(Duration.ofMillis(199));
    assertThat(settings.warnings())
        .singleElement()
        .asString()
        .startsWith("RECONCILER_RATE_LIMIT_MS is 199: ");
  }

  @Test
  void both_web_servers_need_ports_of_their_own_but_only_where_they_are_opened() {
    Map<String, String> environment = Map.of("SERVER_PORT", "8081");
    assertThat(read(environment).serverPort()).isEqualTo(8081);
    assertThat(problems(environment, Need.WEB))
        .singleElement()
        .asString()
        .startsWith("MANAGEMENT_SERVER_PORT is malformed: it must differ from SERVER_PORT");
    Map<String, String> anyPorts = Map.of("SERVER_PORT", "0", "MANAGEMENT_SERVER_PORT", "0");
    assertThat(read(anyPorts, Need.WEB).managementPort()).isZero();
  }

  @Test
  void a_demo_keeps_away_from_the_users_accounts() {
    Map<String, String> environment =
        Map.of("DATABASE_URL", "nonsense", "AIRTABLE_API_KEY", SECRET, "SERVER_PORT", "9090");
    Settings settings = Settings.forDemo(environment::get);
    assertThat(settings.database()).isNull();
    assertThat(settings.airtableApiKey()).isNull();
    assertThat(settings.serverPort()).isEqualTo(9090);
  }
}
