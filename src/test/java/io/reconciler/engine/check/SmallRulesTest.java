package io.reconciler.engine.check;

import static io.reconciler.engine.check.MetadataSamples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.reconciler.engine.check.ActiveClientCheck.ClientRow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules about the server, clocks, clients, the token and its bases. */
class SmallRulesTest {

  private static final String BASE = "appAbCdEfGhIjKlMn";
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest
  @CsvSource({"120022, FAILED", "130000, OK", "170011, OK", "180004, OK", "190001, WARNING"})
  void servers_of_version_13_to_18_will_do(int number, Status status) {
    assertThat(facts(number, "UTF8", false).lines(NOW))
        .filteredOn(line -> line.area().equals("database"))
        .extracting(CheckLine::status)
        .containsExactly(status);
  }

  @Test
  void a_server_must_take_writes_and_every_character() {
    assertThat(facts(170_000, "LATIN1", true).lines(NOW))
        .extracting(CheckLine::status)
        .containsExactly(Status.OK, Status.FAILED, Status.WARNING, Status.OK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | default            | it is a standby | name the primary in DATABASE_URL",
        "true  | user               | it is a standby | name the primary in DATABASE_URL",
        "false | user               | is on | begin read write; alter role \"Me\" reset default_transaction_read_only; commit;",
        "false | database           | is on | begin read write; alter database \"Po\" reset default_transaction_read_only; commit;",
        "false | database user      | is on | begin read write; alter role \"Me\" in database \"Po\" reset default_transaction_read_only; commit;",
        "false | global             | is on | begin read write; alter role all reset default_transaction_read_only; commit;",
        "false | client             | is on | take default_transaction_read_only out of the options in DATABASE_URL",
        "false | configuration file | is on | set default_transaction_read_only = off in the configuration of the server"
      })
  void how_a_server_takes_writes_depends_on_why_it_takes_none(
      boolean standby, String by, String text, String fix) {
    ServerFacts facts =
        new ServerFacts(
            170_000, "x", "UTF8", true, standby, by, "\"Me\"", "\"Po\"", "Po", "Me", 0, true);

    assertThat(facts.lines(Instant.EPOCH))
        .filteredOn(line -> line.status() == Status.FAILED)
        .singleElement()
        .satisfies(
            line -> assertThat(line.text()).startsWith("it takes no writes: ").endsWith(text))
        .satisfies(line -> assertThat(line.fix()).isEqualTo(fix));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05.9Z, OK, that of Airtable agrees with ours",
    "2026-01-02T03:05:05Z, OK, that of Airtable is 60 s ahead of ours",
    "2026-01-02T03:05:06Z, WARNING, that of Airtable is 61 s ahead of ours",
    "2026-01-02T03:03:04Z, WARNING, that of Airtable is 61 s behind ours"
  })
  void clocks_may_differ_by_a_minute(Instant theirs, Status status, String text) {
    assertThat(Clocks.airtable(theirs, NOW))
        .hasValueSatisfying(
            line -> {
              assertThat(line.status()).isEqualTo(status);
              assertThat(line.text()).isEqualTo(text);
            });
  }

  @Test
  void an_answer_without_a_date_says_nothing_of_the_clock() {
    assertThat(Clocks.airtable(null, NOW)).isEmpty();
  }

  @Test
  void without_an_active_client_it_says_how_to_get_one() {
    assertThat(ActiveClientCheck.check(List.of(), null))
        .containsExactly(
            new CheckLine(
                "client",
                Status.FAILED,
                "No active client found in database",
                "reconciler client add --name NAME --email EMAIL --base BASE_ID"));
    assertThat(ActiveClientCheck.check(List.of(new ClientRow(BASE, "Acme", false)), BASE))
        .containsExactly(
            new CheckLine(
                "client",
                Status.FAILED,
                "No active client found in database",
                "reconciler client activate " + BASE));
    assertThat(ActiveClientCheck.bases(List.of(new ClientRow(BASE, "Acme", false)), BASE))
        .isEmpty();
  }

  @Test
  void the_base_of_the_environment_is_looked_at_while_there_is_no_client() {
    assertThat(ActiveClientCheck.check(List.of(), BASE))
        .singleElement()
        .satisfies(line -> assertThat(line.status()).isEqualTo(Status.WARNING))
        .satisfies(
            line -> assertThat(line.text()).startsWith("No active client found in database; "));
    assertThat(ActiveClientCheck.bases(List.of(), BASE)).containsExactly(BASE);
    assertThat(ActiveClientCheck.bases(List.of(), null)).isEmpty();
  }

  @Test
  void active_clients_need_bases_of_their_own() {
    List<ClientRow> clients =
        List.of(
            new ClientRow(BASE, "Acme", true),
            new ClientRow(BASE, "Acme again", true),
            new ClientRow("appShort", "Beta", true),
            new ClientRow("appZzzzzzzzzzzzzz", "Gone", false));

    assertThat(ActiveClientCheck.check(clients, null))
        .extracting(CheckLine::status)
        .containsExactly(Status.OK, Status.FAILED, Status.FAILED);
    assertThat(ActiveClientCheck.bases(clients, null)).containsExactly(BASE, "appShort");
  }

  @Test
  void scopes_are_checked_where_airtable_shows_them() {
    assertThat(BaseRules.token(json("{'id':'usrA'}")))
        .extracting(CheckLine::status)
        .containsExactly(Status.OK, Status.SKIPPED);
    assertThat(BaseRules.token(json("{'id':'usrA','scopes':['data.records:read']}")))
        .extracting(CheckLine::status, CheckLine::text)
        .containsExactly(
            tuple(Status.OK, "it is accepted, of the user usrA"),
            tuple(Status.OK, "it has the scope data.records:read"),
            tuple(Status.FAILED, "it lacks the scope data.records:write"));
  }

  @ParameterizedTest
  @CsvSource({
    "create, OK",
    "edit, OK",
    "comment, FAILED",
    "read, FAILED",
    "none, FAILED",
    ", FAILED"
  })
  void a_base_must_be_writable(String level, Status status) {
    assertThat(BaseRules.base(BASE, level).status()).isEqualTo(status);
  }

  @Test
  void names_with_line_breaks_stay_on_one_line() {
    CheckLine line = CheckLine.failed("field", "a\nb\u001b[31m\u2028c", "d\r\ne");

    assertThat(line.text()).isEqualTo("a b [31m c");
    assertThat(line.fix()).isEqualTo("d e");
  }

  private static ServerFacts facts(int number, String encoding, boolean readOnly) {
    return new ServerFacts(
        number,
        "x",
        encoding,
        readOnly,
        false,
        "default",
        "me",
        "portal",
        "portal",
        "me",
        NOW.getEpochSecond(),
        true);
  }
}
