package io.reconciler.side.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.Converted.Failed;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertFailureTest {

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          booked_at  | "soon"                       | is not a date and time: "soon"
          booked_at  | "2026-02-30"                 | is not a date and time: "2026-02-30"
          booked_at  | "2026-03-04T25:00:00Z"       | is not a date and time: "2026-03-04T25:00:00Z"
          booked_at  | "2026-03-04T05:06:07+99:00"  | is not a date and time: "2026-03-04T05:06:07+99:00"
          booked_at  | "03/04/2026"                 | is not a date and time: "03/04/2026"
          booked_at  | " "                          | is not a date and time: " "
          booked_at  | "0000-12-31"                 | is not in the years 1 to 9999: "0000-12-31"
          booked_at  | "9999-12-31T23:59:59-01:00"  | is not in the years 1 to 9999: "9999-12-31T23:59:59-01:00"
          booked_at  | "10000-01-01"                | is not in the years 1 to 9999: "10000-01-01"
          booked_at  | 1772600767000                | expected a date and time, found a number: 1772600767000
          claimed_by | "Ann"                        | is not a UUID: "Ann"
          claimed_by | "1-1-1-1-1"                  | is not a UUID: "1-1-1-1-1"
          claimed_by | 7                            | expected a UUID, found a number: 7
          claimed_by | {"id":"usr1","name":"Ann"}   | expected a UUID, found an object: {"id":"usr1","name":"Ann"}
          icp_score  | 12.5                         | is not a whole number: 12.5
          icp_score  | 2147483648                   | is out of the range of an integer: 2147483648
          icp_score  | 1e300                        | is out of the range of an integer: 1.0E300
          icp_score  | "12"                         | expected a number, found text: "12"
          icp_score  | true                         | expected a number, found a checkbox: true
          icp_score  | {"specialValue":"NaN"}       | expected a number, found an object: {"specialValue":"NaN"}
          icp_score  | {"error":"#ERROR!"}          | expected a number, found an object: {"error":"#ERROR!"}
          booked     | 1                            | expected a checkbox, found a number: 1
          booked     | "true"                       | expected a checkbox, found text: "true"
          company    | ["A"]                        | expected text, found a list: ["A"]
          company    | true                         | expected text, found a checkbox: true
          company    | {"error":"#ERROR!"}          | expected text, found an object: {"error":"#ERROR!"}
          company    | "a\\u0000b"                   | holds a NUL character: "a\\u0000b"
          company    | "a\\ud800b"                   | holds half of a surrogate pair: "a\\ud800b"
          notes      | "\\udc00\\ud800"               | holds half of a surrogate pair: "\\udc00\\ud800"
          campaign_variant | "12345678901"          | has 11 characters, at most 10 fit: "12345678901"
          campaign_variant | 12345678901            | has 11 characters, at most 10 fit: 12345678901
          engagement_level | "Blue"                 | is not one of the known choices: "Blue"
          engagement_level | "green"                | is not one of the known choices: "green"
          engagement_level | false                  | expected a choice, found a checkbox: false
          kajabi_tags | 7                           | expected tags, found a number: 7
          kajabi_tags | ["a",7]                     | expected tags, found a list: ["a",7]
          kajabi_tags | "a,\\u0000"                  | holds a NUL character: "a,\\u0000"
          """)
  void a_cell_that_does_not_fit_fails_with_its_reason(String column, String json, String reason) {
    assertThat(ShippedMapping.column(column).convert(ShippedMapping.cell(json)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.reason()).isEqualTo(reason));
  }

  @Test
  void a_failure_keeps_the_raw_json() {
    assertThat(failure("company", "{\"error\": \"#ERROR!\"}").raw())
        .isEqualTo("{\"error\":\"#ERROR!\"}");
  }

  @Test
  void a_long_cell_is_cut_in_both_texts() {
    Failed failed = failure("company", '"' + "x".repeat(5_000) + '"');

    assertThat(failed.raw()).hasSize(1_000).startsWith("\"xxx").contains("(5002 characters, ");
    assertThat(failed.reason()).hasSize(80).startsWith("has 5000 characters, at most 255 fit: \"x");
  }

  @Test
  void two_long_cells_with_the_same_beginning_keep_different_raw_texts() {
    String start = '"' + "x".repeat(5_000);

    assertThat(failure("company", start + "a\"").raw())
        .isNotEqualTo(failure("company", start + "b\"").raw());
  }

  @Test
  void a_cut_never_parts_a_surrogate_pair() {
    for (String start : List.of("", "x")) {
      Failed failed = failure("company", '"' + start + "\uD83D\uDE00".repeat(2_000) + '"');

      assertThat(encodable(failed.raw())).isTrue();
      assertThat(encodable(failed.reason())).isTrue();
    }
  }

  @Test
  void numbers_that_no_column_can_hold_fail() {
    DecimalNode endless = DecimalNode.valueOf(new BigDecimal("1e-999999999"));
    DecimalNode huge = DecimalNode.valueOf(new BigDecimal("1e999999999"));

    for (JsonNode cell : List.of(endless, huge, DoubleNode.valueOf(Double.NaN))) {
      assertThat(ShippedMapping.column("icp_score").convert(cell)).isInstanceOf(Failed.class);
      assertThat(ShippedMapping.column("notes").convert(cell)).isInstanceOf(Failed.class);
    }
  }

  @Property(tries = 500)
  void no_text_throws_and_every_failure_can_be_stored(
      @ForAll("texts") String text, @ForAll Kind kind) {
    for (String type : List.of("varchar(3)", "text", "integer", "timestamptz", "uuid", "text[]")) {
      Converted converted = ShippedMapping.field(type, kind).convert(TextNode.valueOf(text));

      if (converted instanceof Failed failed) {
        assertThat(failed.raw()).hasSizeLessThanOrEqualTo(1_000).doesNotContain("\0");
        assertThat(failed.reason()).hasSizeLessThanOrEqualTo(80).doesNotContain("\0");
        assertThat(encodable(failed.raw() + failed.reason())).isTrue();
      }
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(200),
        Arbitraries.strings()
            .withChars('\0', '\uD83D', '\uDE00', ',', '"', '\\')
            .ofMaxLength(1_200));
  }

  private static Failed failure(String column, String json) {
    return (Failed) ShippedMapping.column(column).convert(ShippedMapping.cell(json));
  }

  private static boolean encodable(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
