package io.reconciler.side.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.reconciler.decide.Unconvertible;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NormaliseTest {

  static Stream<Arguments> values() {
    UUID id = UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2");
    return Stream.of(
        arguments("notes", null, null),
        arguments("notes", "", null),
        arguments("last_name", "", null),
        arguments("notes", "\n", null),
        arguments("notes", "\r\n\r", null),
        arguments("notes", " ", " "),
        arguments("notes", "one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        arguments("claimed_by", id, id),
        arguments("claimed_at", time("05:06:07.123456Z"), time("05:06:07.123Z")),
        arguments(
            "claimed_at",
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Instant.parse("1969-12-31T23:59:59.999Z")),
        arguments("icp_score", 7, 7),
        arguments("booked", true, true),
        arguments("booked", null, null),
        arguments("kajabi_tags", List.of(), null),
        arguments("kajabi_tags", List.of(" ", ","), null),
        arguments("kajabi_tags", Arrays.asList("a", null, " b,c"), List.of("a", "b", "c")),
        arguments("notes", new Unconvertible("1", "bad"), new Unconvertible("1", "bad")));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("values")
  void a_value_is_compared_in_its_normal_form(
      String column, @Nullable Object value, @Nullable Object normal) {
    assertThat(ShippedMapping.column(column).normalise(value)).isEqualTo(normal);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("values")
  void a_normal_form_is_its_own(String column, @Nullable Object value, @Nullable Object normal) {
    assertThat(ShippedMapping.column(column).normalise(normal)).isEqualTo(normal);
  }

  @Test
  void a_box_of_the_portal_is_unchecked_when_it_is_empty() {
    FieldMapping field =
        new FieldMapping(
            "starred",
            PgType.parse("boolean"),
            false,
            null,
            "Starred",
            "checkbox",
            Conversion.of(Conversion.Kind.BOOLEAN),
            Owner.PORTAL,
            "star");

    assertThat(field.normalise(null)).isEqualTo(false);
  }

  private static Instant time(String time) {
    return Instant.parse("2026-03-04T" + time);
  }
}
