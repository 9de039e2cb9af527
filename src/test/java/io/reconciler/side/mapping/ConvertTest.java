package io.reconciler.side.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.reconciler.side.mapping.Converted.Value;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertTest {

  private static final UUID ANN = UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2");

  static Stream<Arguments> cells() {
    return Stream.of(
        arguments("first_name", "\"Ann\"", "Ann"),
        arguments("first_name", "\" \"", " "),
        arguments("notes", "\"one\\r\\ntwo\"", "one\r\ntwo"),
        arguments("phone", "4930123456", "4930123456"),
        arguments("phone", "12.50", "12.5"),
        arguments("phone", "1e3", "1000"),
        arguments("status", "{\"id\":\"sel1\",\"name\":\"New\",\"color\":\"red\"}", "New"),
        arguments("campaign_variant", "\"\uD83D\uDE00234567890\"", "\uD83D\uDE00234567890"),
        arguments("icp_score", "0", 0),
        arguments("icp_score", "-7", -7),
        arguments("icp_score", "12.0", 12),
        arguments("icp_score", "-0.0", 0),
        arguments("icp_score", "1.2e1", 12),
        arguments("icp_score", "2147483647", Integer.MAX_VALUE),
        arguments("icp_score", "-2147483648", Integer.MIN_VALUE),
        arguments("booked", "true", true),
        arguments("booked", "false", false),
        arguments("claimed_by", "\"7d444840-9dc0-11d1-b245-5ffdce74fad2\"", ANN),
        arguments("claimed_by", "\" 7D444840-9DC0-11D1-B245-5FFDCE74FAD2\\n\"", ANN),
        arguments("kajabi_tags", "\"a, b c ,,d,\"", List.of("a", "b c", "d")),
        arguments("kajabi_tags", "[\"a\",\" b,c \"]", List.of("a", "b", "c")),
        arguments("engagement_level", "\"Green\"", "High"),
        arguments("engagement_level", "\"Yellow\"", "Medium"),
        arguments("engagement_level", "\"Red\"", "Low"),
        arguments("engagement_level", "\"Medium\"", "Medium"),
        arguments("engagement_level", "{\"id\":\"sel1\",\"name\":\"Red\"}", "Low"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cells")
  void a_fitting_cell_becomes_its_value(String column, String json, Object value) {
    assertThat(ShippedMapping.column(column).convert(ShippedMapping.cell(json)))
        .isEqualTo(new Value(value));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-04T05:06:07Z, 2026-03-04T05:06:07Z",
    "2026-03-04T05:06:07.891Z, 2026-03-04T05:06:07.891Z",
    "2026-03-04T05:06:07.123456789Z, 2026-03-04T05:06:07.123456Z",
    "2026-03-04T05:06Z, 2026-03-04T05:06:00Z",
    "2026-03-04t05:06:07z, 2026-03-04T05:06:07Z",
    "2026-03-04T05:06:07+02:00, 2026-03-04T03:06:07Z",
    "2026-03-04T05:06:07.5-0530, 2026-03-04T10:36:07.500Z",
    "2026-03-04T05:06:07+01, 2026-03-04T04:06:07Z",
    "2026-03-04T05:06:07, 2026-03-04T05:06:07Z",
    "2026-03-04, 2026-03-04T00:00:00Z",
    "2024-02-29, 2024-02-29T00:00:00Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.9999999Z, 9999-12-31T23:59:59.999999Z"
  })
  void an_iso_time_becomes_its_instant(String text, Instant time) {
    assertThat(ShippedMapping.column("booked_at").convert(ShippedMapping.cell('"' + text + '"')))
        .isEqualTo(new Value(time));
  }

  static Stream<Arguments> emptyCells() {
    return Stream.of(
        arguments("first_name", "Unknown"),
        arguments("last_name", ""),
        arguments("status", "New"),
        arguments("lead_source", "Standard Form"),
        arguments("company", null),
        arguments("icp_score", 0),
        arguments("booked_at", null),
        arguments("booked", false),
        arguments("sms_eligible", false),
        arguments("kajabi_tags", null),
        arguments("engagement_level", null),
        arguments("claimed_by", null),
        arguments("claimed_at", null),
        arguments("notes", null),
        arguments("is_active", true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("emptyCells")
  void an_absent_a_null_and_an_empty_cell_become_the_default(
      String column, @Nullable Object value) {
    FieldMapping field = ShippedMapping.column(column);

    assertThat(field.convert(null)).isEqualTo(new Value(value));
    assertThat(field.convert(ShippedMapping.cell("null"))).isEqualTo(new Value(value));
    assertThat(field.convert(ShippedMapping.cell("\"\""))).isEqualTo(new Value(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\" , ,\"", "[]"})
  void tags_without_a_tag_are_empty(String json) {
    assertThat(ShippedMapping.column("kajabi_tags").convert(ShippedMapping.cell(json)))
        .isEqualTo(new Value(null));
  }

  @ParameterizedTest(name = "a default of {1} does not fill a {0} cell of the portal")
  @CsvSource({"false,", "true, fallback"})
  void a_cleared_cell_of_the_portal_is_a_value_of_its_own(
      boolean notNull, @Nullable String expected) {
    FieldMapping field =
        new FieldMapping(
            "notes",
            PgType.parse("text"),
            notNull,
            "fallback",
            "Notes",
            "multilineText",
            Conversion.of(Conversion.Kind.TEXT),
            Owner.PORTAL,
            "notes");

    assertThat(field.convert(null)).isEqualTo(new Value(expected));
  }
}
