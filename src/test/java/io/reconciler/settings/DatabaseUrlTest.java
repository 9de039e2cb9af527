package io.reconciler.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.Driver;

class DatabaseUrlTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          postgresql://ann:pw@db:5433/portal, db, 5433, portal, ann, pw
          postgres://ann:pw@db/portal, db, 5432, portal, ann, pw
          POSTGRES://ann:pw@db/portal, db, 5432, portal, ann, pw
          postgresql://db/portal, db, 5432, portal, -, -
          postgresql://ann@db/portal, db, 5432, portal, ann, -
          postgresql://ann:@db/portal, db, 5432, portal, ann, -
          postgresql:///portal, localhost, 5432, portal, -, -
          postgresql://db:/portal, db, 5432, portal, -, -
          postgresql://a%40b:p%2F%3A%25+%C3%A4@db/por%20tal+1, db, 5432, por tal+1, a@b, p/:%+ä
          postgresql://ann:p@ss:w@db/portal, db, 5432, portal, ann, p@ss:w
          postgresql://ann:pw@[2001:db8::1]:5433/portal, [2001:db8::1], 5433, portal, ann, pw
          postgresql://[::1]/portal, [::1], 5432, portal, -, -
          postgresql://db/portal?user=ann&password=p%26w, db, 5432, portal, ann, p&w
          jdbc:postgresql://db:5433/portal?user=ann&password=p+w%2B, db, 5433, portal, ann, p w+
          jdbc:postgresql://db/portal, db, 5432, portal, -, -
          jdbc:postgresql:portal, localhost, 5432, portal, -, -
          jdbc:postgresql:portal?user=ann, localhost, 5432, portal, ann, -
          """)
  void the_driver_finds_every_part_where_the_url_has_it(
      String text,
      String host,
      String port,
      String database,
      @Nullable String user,
      @Nullable String password) {
    DatabaseUrl url = DatabaseUrl.parse(text);
    Properties parsed = driverProperties(url);
    assertThat(parsed.getProperty("PGHOST")).isEqualTo(host);
    assertThat(parsed.getProperty("PGPORT")).isEqualTo(port);
    assertThat(parsed.getProperty("PGDBNAME")).isEqualTo(database);
    assertThat(url.user()).isEqualTo(user);
    assertThat(url.password()).isEqualTo(password == null ? null : new Secret(password));
  }

  @Test
  void prismas_schema_is_the_portals_and_no_parameter_of_the_driver() {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://u:p@db/portal?schema=app_1&sslmode=require");

    assertThat(url.schema()).isEqualTo("app_1");
    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db:5432/portal?sslmode=require");
    assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://db/portal?schema=a'b"))
        .isInstanceOf(MalformedValueException.class)
        .hasMessageContaining("plain name");
  }

  @ParameterizedTest
  @CsvSource({
    "sslmode=no-verify, require",
    "ssl=true, require",
    "ssl=1, require",
    "ssl=false, disable",
    "ssl=true&sslmode=verify-full, verify-full",
    "sslmode=verify-full&ssl=true, verify-full",
    "ssl=no-verify, require"
  })
  void the_ways_of_node_to_ask_for_tls_are_understood(String query, String mode) {
    DatabaseUrl url = DatabaseUrl.parse("postgres://u:p@db/portal?" + query);

    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db:5432/portal?sslmode=" + mode);
  }

  @Test
  void a_mode_of_tls_that_nobody_knows_is_named() {
    assertThatThrownBy(() -> DatabaseUrl.parse("postgres://db/portal?sslmode=strict"))
        .isInstanceOf(MalformedValueException.class)
        .hasMessageContaining("verify-full, no-verify");
  }

  @Test
  void the_other_parameters_reach_the_driver() {
    Properties parsed =
        driverProperties(
            DatabaseUrl.parse(
                "postgresql://u:p@db/portal?sslmode=require&connect_timeout=5"
                    + "&application_name=a%26b+c&channel_binding=require&options=-c%20x=y&tcpKeepAlive"));
    assertThat(parsed)
        .containsEntry("sslmode", "require")
        .containsEntry("connectTimeout", "5")
        .containsEntry("ApplicationName", "a&b+c")
        .containsEntry("channelBinding", "require")
        .containsEntry("options", "-c x=y")
        .containsEntry("tcpKeepAlive", "")
        .doesNotContainKeys("user", "password");
  }

  @Test
  void several_hosts_are_kept_in_their_order() {
    Properties parsed = driverProperties(DatabaseUrl.parse("postgresql://a,b:5433/portal"));
    assertThat(parsed).containsEntry("PGHOST", "a,b").containsEntry("PGPORT", "5432,5433");
  }

  @Test
  void the_url_for_jdbc_and_for_people_holds_no_password() {
    DatabaseUrl url = DatabaseUrl.parse("jdbc:postgresql://db/p?password=hidden&user=ann&ssl=true");
    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db:5432/p?ssl=true");
    assertThat(url).hasToString("jdbc:postgresql://db:5432/p as ann");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          db/portal, must start with
          postgresql:portal, must start with
          jdbc:mysql://db/portal, must start with
          postgresql://db, no database
          postgresql://db/, no database
          postgresql://db:0/portal, port must be between 1 and 65535
          postgresql://db:65536/portal, port must be between 1 and 65535
          postgresql://db:123456/portal, port must be between 1 and 65535
          postgresql://db:abc/portal, port cannot be read
          postgresql://ann:p/w@db/portal, write @ as %40
          postgresql://ann:p?w@db/portal, write @ as %40
          postgresql://2001:db8::1/portal, port cannot be read
          postgresql://ann:100%@db/portal, two hex digits
          postgresql://ann:%zz@db/portal, two hex digits
          postgresql://ann:%00@db/portal, two hex digits
          postgresql://ann:%FF@db/portal, not UTF-8
          postgresql://%2Fvar%2Frun%2Fpostgresql/portal, Unix socket
          postgresql:///portal?host=/var/run/postgresql, before the ?
          postgresql://db/portal?sslmod=verify-full, about TLS that nobody knows
          postgresql://db/portal?SSLMODE=verify-full, about TLS that nobody knows
          """)
  void a_url_that_cannot_work_is_refused_with_its_reason(String text, String reason) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text))
        .isInstanceOf(MalformedValueException.class)
        .hasMessageContaining(reason);
  }

  private static Properties driverProperties(DatabaseUrl url) {
    return Objects.requireNonNull(Driver.parseURL(url.jdbcUrl(), new Properties()));
  }
}
