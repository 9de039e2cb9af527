package io.reconciler.side.airtable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Airtable answers is input: bounded, and never taken for more than it is. */
class AnswerMeaningTest {

  private static final AirtableRequest LISTING =
      new AirtableRequests(FieldKeys.asWritten("Leads")).list("appX", List.of("Name"), null, null);

  @Test
  void json_that_is_nested_too_deeply_is_no_answer() {
    String deep = "{\"records\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";

    assertThatThrownBy(() -> read(200, deep))
        .isInstanceOf(AirtableException.Unavailable.class)
        .hasMessageContaining("100 levels");
    assertThat(read(200, "{\"records\":[{\"id\":\"rec1\",\"fields\":{\"A\":[[[{}]]]}}]}"))
        .isNotNull();
  }

  @Test
  void json_of_too_many_values_is_no_answer() {
    String many = "{\"records\":[" + "[],".repeat(600_000) + "[]]}";

    assertThatThrownBy(() -> read(200, many))
        .isInstanceOf(AirtableException.Unavailable.class)
        .hasMessageContaining("1000000 values");
  }

  @Test
  void a_page_of_more_records_than_a_page_has_is_no_answer() {
    String record = "{\"id\":\"rec1\",\"fields\":{}}";

    assertThat(read(200, "{\"records\":[" + (record + ",").repeat(99) + record + "]}")).isNotNull();
    assertThatThrownBy(
            () -> read(200, "{\"records\":[" + (record + ",").repeat(100) + record + "]}"))
        .isInstanceOf(AirtableException.Unavailable.class)
        .hasMessageContaining("101 records");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 302, 303, 307, 308, 405, 407, 511})
  void what_airtable_never_answers_is_said_to_come_from_in_between(int status) {
    assertThatThrownBy(() -> read(status, "<html>Sign in</html>"))
        .isInstanceOf(AirtableException.class)
        .hasMessageContaining("Airtable answered " + status)
        .hasMessageContaining("a proxy or a sign-in page")
        .hasMessageContaining("AIRTABLE_API_URL");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 408, 413, 422, 500, 502, 503})
  void what_airtable_itself_answers_is_not(int status) {
    assertThatThrownBy(() -> read(status, ""))
        .isInstanceOf(AirtableException.class)
        .message()
        .doesNotContain("in between");
  }

  @Test
  void what_follows_the_json_makes_it_no_answer() {
    assertThatThrownBy(() -> read(200, "{\"records\":[]}{\"records\":[]}"))
        .isInstanceOf(AirtableException.Unavailable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"type\":\"%s\",\"message\":\"%s\"}}",
        "{\"error\":\"%s\"}",
        "{\"errors\":[{\"error\":\"%s\",\"message\":\"%s\"}]}"
      })
  void the_texts_of_an_error_are_short_and_show_what_would_steer(String shape) {
    String text = "X\\u001b[2J\\u202e\\n".repeat(20_000);

    assertThatThrownBy(() -> read(422, shape.replace("%s", text)))
        .isInstanceOf(AirtableException.Rejected.class)
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .hasSizeLessThan(1_000)
                    .contains("X\\u001b[2J\\u202e\\n")
                    .matches("[ -~…]+"));
  }

  @Test
  void an_id_that_is_none_or_is_there_twice_costs_nothing_but_itself() throws Exception {
    RecordPage page =
        page(
            "{\"id\":\"recGood\",\"fields\":{\"A\":1}}",
            "{\"id\":\"rec\\u0000Nul\",\"fields\":{}}",
            "{\"id\":\"" + "r".repeat(256) + "\",\"fields\":{}}",
            "{\"id\":42,\"fields\":{}}",
            "{\"id\":{\"x\":1},\"fields\":{}}",
            "{\"id\":\"\",\"fields\":{}}",
            "{\"fields\":{}}",
            "\"text\"",
            "null",
            "{\"id\":\"recTwice\",\"fields\":{\"A\":1}}",
            "{\"id\":\"recTwice\",\"fields\":{\"A\":2}}",
            "{\"id\":\"recSame\",\"fields\":{}}",
            "{\"id\":\"recSame\",\"fields\":{}}");

    assertThat(page.records())
        .extracting(AirtableRecord::id)
        .containsExactly("recGood", "recTwice", "recSame");
    assertThat(page.records().get(1).fields().get("A")).hasToString("2");
    assertThat(page.unreadable()).hasSize(8).allMatch(text -> text.matches("[ -~…]{1,200}"));
  }

  @Test
  void a_listing_that_goes_round_in_circles_or_never_ends_is_given_up() {
    Offsets offsets = new Offsets(4);
    offsets.next("a");
    offsets.next("b");

    assertThatThrownBy(() -> offsets.next("a")).hasMessageContaining("same offset twice");
    assertThatThrownBy(() -> offsets.next("x".repeat(1_001))).hasMessageContaining("1001");
    assertThat(offsets.next(null)).isNull();
    assertThat(offsets.next("c")).isEqualTo("c");
    assertThatThrownBy(() -> offsets.next("d")).hasMessageContaining("after 4 pages");
    offsets.startOver();
    assertThat(offsets.next("a")).isEqualTo("a");
  }

  @Test
  void a_listing_that_brings_nothing_new_comes_to_an_end() {
    Offsets offsets = new Offsets(Offsets.MOST_PAGES);
    offsets.next("first", 100);

    for (int page = 1; page <= 110; page++) {
      assertThat(offsets.next("again " + page, 0)).isNotNull();
    }

    assertThatThrownBy(() -> offsets.next("again 111", 0))
        .hasMessageContaining("its last 111 pages brought no new record");
  }

  @Test
  void a_read_asks_for_nothing_that_is_no_id() {
    RecordRead read =
        new RecordRead(
            new AirtableRequests(FieldKeys.asWritten("Leads")),
            "appX",
            List.of("A"),
            List.of("rec1", "re\u0001c"),
            true);

    assertThat(read.next().query()).contains("rec1").doesNotContain("%01");
  }

  private static RecordPage page(String... records) throws Exception {
    JsonNode body =
        new ObjectMapper().readTree("{\"records\":[" + String.join(",", records) + "]}");
    return RecordPage.of(body, FieldKeys.asWritten("Leads"));
  }

  private static AirtableAnswer read(int status, String body) {
    return AnswerMeaning.read(LISTING, status, body.getBytes(StandardCharsets.UTF_8), null);
  }
}
