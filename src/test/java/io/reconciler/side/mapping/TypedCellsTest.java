package io.reconciler.side.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.Converted.Failed;
import io.reconciler.side.mapping.Converted.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The conversions of tables other than leads. */
class TypedCellsTest {

  private static final String ANN =
      "{\"id\":\"usr1\",\"email\":\"Ann@x.example\",\"name\":\"Ann\"}";

  static Stream<Arguments> fitting() {
    return Stream.of(
        arguments("smallint", Kind.NUMBER, "-32768", -32768),
        arguments("integer", Kind.NUMBER, "7.0", 7),
        arguments("bigint", Kind.NUMBER, "9007199254740993", 9007199254740993L),
        arguments("numeric(14,2)", Kind.NUMBER, "1234567890.10", new BigDecimal("1234567890.1")),
        arguments("numeric(14,2)", Kind.NUMBER, "0", BigDecimal.ZERO),
        arguments("numeric(2,2)", Kind.NUMBER, "0.00", BigDecimal.ZERO),
        arguments("numeric", Kind.NUMBER, "1e3", new BigDecimal("1000")),
        arguments("numeric", Kind.NUMBER, "0.1", new BigDecimal("0.1")),
        arguments("double precision", Kind.NUMBER, "0.123", 0.123),
        arguments("date", Kind.DATE, "\"2026-02-28\"", LocalDate.of(2026, 2, 28)),
        arguments("date", Kind.DATE, "\"2026-02-28T23:30:00.000Z\"", LocalDate.of(2026, 2, 28)),
        arguments("text[]", Kind.OPTIONS, "[\"b\",\"a\",\"b\"]", List.of("b", "a")),
        arguments("text[]", Kind.OPTIONS, "[\"a, b\"]", List.of("a, b")),
        arguments("text[]", Kind.OPTIONS, "\"a\"", List.of("a")),
        arguments("text[]", Kind.OPTIONS, "[null,\"a\",7]", List.of("a", "7")),
        arguments("text", Kind.PERSON, ANN, "Ann@x.example"),
        arguments("text", Kind.PERSON, "[" + ANN + "]", "Ann@x.example"),
        arguments("text", Kind.PERSON, "{\"id\":\"usr2\",\"name\":\"Bo\"}", "Bo"),
        arguments("text[]", Kind.PERSON, "[" + ANN + "]", List.of("Ann@x.example")),
        arguments("text[]", Kind.PERSON, ANN, List.of("Ann@x.example")),
        arguments("text[]", Kind.LINK, "[\"recA\",\"recB\"]", List.of("recA", "recB")),
        arguments("uuid", Kind.LINK, "[\"recA\"]", List.of("recA")),
        arguments("text", Kind.TEXT, "{\"type\":\"upc\",\"text\":\"0123\"}", "0123"),
        arguments("citext", Kind.TEXT, "\"Ann\"", "Ann"),
        arguments("stage", Kind.TEXT, "\"open\"", "open"),
        arguments(
            "uuid",
            Kind.TEXT,
            "\"7d444840-9dc0-11d1-b245-5ffdce74fad2\"",
            UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2")));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("fitting")
  void a_fitting_cell_becomes_its_value(String type, Kind kind, String json, Object value) {
    assertThat(ShippedMapping.field(type, kind).convert(ShippedMapping.cell(json)))
        .isEqualTo(new Value(value));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "smallint         | NUMBER  | 32768                      | is out of the range of smallint",
        "bigint           | NUMBER  | 9223372036854775808        | is out of the range of bigint",
        "bigint           | NUMBER  | 1.5                        | is not a whole number",
        "numeric(14,2)    | NUMBER  | 0.125                      | has more than 2 decimals",
        "numeric(4,2)     | NUMBER  | 100                        | is out of the range of numeric(4,2)",
        "numeric          | NUMBER  | 1e999                      | is out of the range of numeric",
        "numeric          | NUMBER  | \"7\"                      | expected a number, found text",
        "numeric          | NUMBER  | {\"specialValue\":\"NaN\"} | expected a number, found an object",
        "date             | DATE    | \"soon\"                   | is not a date in the years 1 to 9999",
        "date             | DATE    | \"10000-01-01\"            | is not a date in the years 1 to 9999",
        "text[]           | OPTIONS | [{}]                       | expected options, found an object",
        "text[]           | OPTIONS | [\"\\u0000\"]              | holds a NUL character",
        "text             | PERSON  | [{\"name\":\"a\"},{\"name\":\"b\"}] | names several people for one column",
        "text             | PERSON  | true                       | expected a person, found a checkbox",
        "uuid             | LINK    | [\"recA\",\"recB\"]        | links 2 records, and the column holds one",
        "jsonb            | JSON    | [\"\\u0000\"]              | holds a character that PostgreSQL can't store",
        "uuid             | TEXT    | \"Ann\"                    | is not a UUID"
      })
  void a_cell_that_does_not_fit_says_why(String type, Kind kind, String json, String reason) {
    Converted converted = ShippedMapping.field(type, kind).convert(ShippedMapping.cell(json));

    assertThat(converted).isInstanceOf(Failed.class);
    assertThat(((Failed) converted).reason()).startsWith(reason);
  }

  @Test
  void an_enum_takes_its_labels_alone_once_they_are_known() {
    FieldMapping field =
        new FieldMapping(
            "column",
            PgType.parse("stage"),
            false,
            null,
            "Field",
            "singleSelect",
            Conversion.of(Kind.TEXT),
            Owner.AIRTABLE,
            null);

    List<String> labels = List.of("open", "won");
    assertThat(field.convert(ShippedMapping.cell("\"won\""), labels)).isEqualTo(new Value("won"));
    assertThat(field.convert(null, labels)).isEqualTo(new Value(null));
    assertThat(field.convert(ShippedMapping.cell("\"lost\""), List.of()))
        .isEqualTo(new Value("lost"));
    assertThat(field.convert(ShippedMapping.cell("\"lost\""), labels))
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.reason())
                    .isEqualTo(
                        "\"lost\" is no label of the enum stage, which has \"open\", \"won\""));
  }

  @Test
  void options_and_links_are_compared_as_a_set() {
    FieldMapping options = ShippedMapping.field("text[]", Kind.OPTIONS);

    assertThat(options.normalise(List.of("b", "a")))
        .isEqualTo(options.normalise(List.of("a", "b")));
    assertThat(options.normalise(List.of())).isNull();
  }

  @Test
  void a_person_is_the_same_in_any_case() {
    FieldMapping person = ShippedMapping.field("text", Kind.PERSON);

    assertThat(person.normalise("Ann@X.example")).isEqualTo(person.normalise("ann@x.EXAMPLE"));
    assertThat(person.toCell("ann@x.example")).isEqualTo(Map.of("email", "ann@x.example"));
  }

  @Test
  void an_attachments_expiring_address_is_no_difference() {
    FieldMapping logo =
        new FieldMapping(
            "logo",
            PgType.parse("jsonb"),
            false,
            null,
            "Logo",
            "multipleAttachments",
            Conversion.of(Kind.JSON),
            Owner.AIRTABLE,
            null);
    String one = "[{\"id\":\"att1\",\"url\":\"https://a.example/1\",\"size\":7.0}]";
    String two = "[{\"id\":\"att1\",\"url\":\"https://a.example/2\",\"size\":7}]";
    String three = "[{\"id\":\"att2\",\"url\":\"https://a.example/2\",\"size\":7}]";

    assertThat(logo.normalise(ShippedMapping.cell(one)))
        .isEqualTo(logo.normalise(ShippedMapping.cell(two)));
    assertThat(logo.normalise(ShippedMapping.cell(two)))
        .isNotEqualTo(logo.normalise(ShippedMapping.cell(three)));
  }

  @Test
  void an_attachment_that_is_looked_up_expires_as_well() {
    FieldMapping logos = ShippedMapping.field("jsonb", Kind.JSON);
    String one = "[{\"id\":\"att1\",\"filename\":\"a\",\"url\":\"https://a.example/1\"}]";
    String two = "[{\"id\":\"att1\",\"filename\":\"a\",\"url\":\"https://a.example/2\"}]";
    String button = "{\"label\":\"Open\",\"url\":\"https://a.example/1\"}";

    assertThat(logos.normalise(ShippedMapping.cell(one)))
        .isEqualTo(logos.normalise(ShippedMapping.cell(two)));
    assertThat(logos.normalise(ShippedMapping.cell(button)))
        .isNotEqualTo(logos.normalise(ShippedMapping.cell(button.replace("1", "2"))));
  }

  @Test
  void a_number_beyond_airtables_precision_is_no_edit_when_it_comes_back() {
    FieldMapping number = ShippedMapping.field("bigint", Kind.NUMBER);

    assertThat(number.normalise(9007199254740993L)).isEqualTo(number.normalise(9007199254740992L));
    assertThat(number.normalise(9007199254740993L))
        .isNotEqualTo(number.normalise(9007199254740996L));
  }
}
