package io.reconciler.side.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.decide.Unconvertible;
import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.Converted.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundTripPropertiesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A value, and a field that can hold it. */
  record Held(FieldMapping field, Object value) {}

  @Property
  void a_value_survives_its_stored_json(@ForAll("held") Held held) throws JsonProcessingException {
    JsonNode written = JSON.readTree(JSON.writeValueAsString(held.field().toJson(held.value())));

    assertThat(held.field().fromJson(written)).isEqualTo(held.value());
  }

  @Property
  void a_value_read_back_from_airtable_is_the_same_to_the_comparison(@ForAll("held") Held held) {
    FieldMapping field = held.field();
    JsonNode cell = JSON.valueToTree(field.toCell(held.value()));

    Converted back = field.convert(cell);

    assertThat(back).isInstanceOf(Value.class);
    assertThat(field.normalise(((Value) back).value())).isEqualTo(field.normalise(held.value()));
  }

  @Property
  void the_normal_form_of_a_value_is_its_own(@ForAll("held") Held held) {
    Object normal = held.field().normalise(held.value());

    assertThat(held.field().normalise(normal)).isEqualTo(normal);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05.123456Z, 2026-01-02T03:04:05.123456+00:00, 2026-01-02T03:04:05.123Z",
    "2026-01-02T03:04:05Z, 2026-01-02T03:04:05+00:00, 2026-01-02T03:04:05.000Z",
    "0001-01-01T00:00:00.5Z, 0001-01-01T00:00:00.5+00:00, 0001-01-01T00:00:00.500Z"
  })
  void a_time_keeps_microseconds_in_postgresql_and_milliseconds_in_airtable(
      Instant time, String stored, String cell) {
    FieldMapping field = ShippedMapping.column("claimed_at");

    assertThat(field.toJson(time)).isEqualTo(JSON.valueToTree(stored));
    assertThat(field.toCell(time)).isEqualTo(cell);
  }

  @Test
  void a_time_of_another_zone_and_of_a_late_year_is_read_from_postgresql() {
    FieldMapping field = ShippedMapping.column("claimed_at");

    assertThat(field.fromJson(ShippedMapping.cell("\"2026-01-02T03:04:05.123456+05:30\"")))
        .isEqualTo(Instant.parse("2026-01-01T21:34:05.123456Z"));
    assertThat(field.fromJson(ShippedMapping.cell("\"9999-01-02T03:04:05+00:00\"")))
        .isEqualTo(Instant.parse("9999-01-02T03:04:05Z"));
  }

  @Test
  void empty_is_null_both_ways() {
    FieldMapping field = ShippedMapping.column("notes");

    assertThat(field.toCell(null)).isNull();
    assertThat(field.toJson(null)).isNull();
    assertThat(field.fromJson(null)).isNull();
    assertThat(field.fromJson(ShippedMapping.cell("null"))).isNull();
  }

  @Test
  void an_unconvertible_agreed_value_is_stored_but_never_sent() {
    FieldMapping field = ShippedMapping.column("claimed_by");
    Unconvertible bad = new Unconvertible("\"Ann\"", "is not a UUID");

    assertThat(field.fromJson(field.toJson(bad)))
        .isInstanceOfSatisfying(
            Unconvertible.class,
            read -> {
              assertThat(read).isEqualTo(bad);
              assertThat(read.reason()).isEqualTo(bad.reason());
            });
    assertThatThrownBy(() -> field.toCell(bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("column claimed_by: no Airtable cell can hold a ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "notes       | 7",
        "icp_score   | 1.5",
        "icp_score   | 2147483648",
        "icp_score   | \"7\"",
        "booked      | 1",
        "claimed_at  | \"infinity\"",
        "claimed_at  | \"0044-03-15T00:00:00+00:00 BC\"",
        "claimed_at  | \"12026-01-01T00:00:00+00:00\"",
        "claimed_at  | 7",
        "claimed_by  | \"Ann\"",
        "kajabi_tags | \"a\"",
        "notes       | {}"
      })
  void stored_json_outside_of_the_field_is_kept_as_it_is(String column, String json) {
    FieldMapping field = ShippedMapping.column(column);

    Object value = field.fromJson(ShippedMapping.cell(json));

    assertThat(value).isInstanceOf(Unconvertible.class);
    assertThat(field.normalise(value)).isEqualTo(value);
    assertThat(field.toColumn(value)).isEqualTo(ShippedMapping.cell(json));
  }

  @Provide
  Arbitrary<Held> held() {
    return Arbitraries.oneOf(
        held("text", Kind.TEXT, Arbitraries.strings().withChars('a', ' ', '\r', '\n', 'ß', '"')),
        held("integer", Kind.INTEGER, Arbitraries.integers()),
        held("boolean", Kind.BOOLEAN, Arbitraries.of(true, false)),
        held("timestamptz", Kind.TIMESTAMP, times()),
        held(
            "uuid",
            Kind.UUID,
            Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new)),
        held("text[]", Kind.TAGS, tags()),
        held("citext", Kind.TEXT, Arbitraries.strings().withChars('a', 'B', ' ')),
        held("smallint", Kind.NUMBER, Arbitraries.integers().between(-32768, 32767)),
        held("bigint", Kind.NUMBER, Arbitraries.longs()),
        held("numeric(14,2)", Kind.NUMBER, decimals()),
        held("double precision", Kind.NUMBER, Arbitraries.doubles().between(-1e300, 1e300)),
        held("date", Kind.DATE, times().map(time -> LocalDate.ofInstant(time, ZoneOffset.UTC))),
        held("text[]", Kind.OPTIONS, tags().map(List::copyOf)),
        held("text[]", Kind.LINK, tags().map(List::copyOf)));
  }

  private static Arbitrary<Held> held(String type, Kind kind, Arbitrary<?> values) {
    FieldMapping field = ShippedMapping.field(type, kind);
    return values.map(value -> new Held(field, value));
  }

  private static Arbitrary<BigDecimal> decimals() {
    return Arbitraries.longs()
        .between(-99_999_999_999_999L, 99_999_999_999_999L)
        .map(cents -> NumberCells.plain(BigDecimal.valueOf(cents, 2)));
  }

  private static Arbitrary<Instant> times() {
    long first = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    return Arbitraries.longs()
        .between(first, last)
        .flatMap(
            second ->
                Arbitraries.longs()
                    .between(0, 999_999)
                    .map(micro -> Instant.ofEpochSecond(second).plus(micro, ChronoUnit.MICROS)));
  }

  private static Arbitrary<List<String>> tags() {
    return Arbitraries.strings().withChars('a', 'b', ' ', ',').ofMaxLength(6).list().ofMaxSize(4);
  }
}
