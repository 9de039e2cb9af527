package io.reconciler.side.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way to read a time reads what the formatter reads, or leaves it to the formatter. */
class UsualTimeTest {

  private static final DateTimeFormatter WRITTEN =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .appendLiteral("+00:00")
          .toFormatter(Locale.ROOT);

  @Property
  void any_time_in_any_zone_is_read_as_it_is_or_not_at_all(
      @ForAll @LongRange(min = -62_000_000_000L, max = 253_000_000_000L) long seconds,
      @ForAll @IntRange(max = 999_999) int micros,
      @ForAll @IntRange(min = -17 * 60, max = 17 * 60) int minutes) {
    OffsetDateTime time =
        Instant.ofEpochSecond(seconds, micros * 1000L)
            .atOffset(ZoneOffset.ofTotalSeconds(minutes * 60));
    String text = time.toString();

    Instant read = UsualTime.read(text);

    boolean shortened = time.getSecond() == 0 && time.getNano() == 0;
    if (shortened) {
      assertThat(read).isNull();
    } else {
      assertThat(read).isEqualTo(time.toInstant());
    }
    assertThat(Timestamps.parse(text)).isEqualTo(time.toInstant());
  }

  @Property
  void any_time_is_written_so_that_it_is_read_again(
      @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long seconds,
      @ForAll @IntRange(max = 999_999_999) int nanos) {
    Instant time = Instant.ofEpochSecond(seconds, nanos);
    Instant micros = time.truncatedTo(ChronoUnit.MICROS);

    assertThat(OffsetDateTime.parse(UsualTime.text(time)).toInstant()).isEqualTo(time);
    assertThat(UsualTime.text(micros)).isEqualTo(WRITTEN.format(micros.atOffset(ZoneOffset.UTC)));
    assertThat(Timestamps.micros(micros)).isEqualTo(UsualTime.text(micros));
    assertThat(UsualTime.read(UsualTime.text(micros))).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:59:59+01:00",
        "9999-12-31T23:00:00-01:00"
      })
  void times_that_both_sides_can_not_hold_are_not_read(String text) {
    assertThat(UsualTime.read(text)).isNull();
    assertThat(Timestamps.parse(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0000-12-31T23:59:59.999999Z", "+10000-01-01T00:00:00Z", "-0005-01-01T00:00:00Z"})
  void times_that_both_sides_can_not_hold_are_written_as_they_are(String text) {
    assertThat(UsualTime.text(Instant.parse(text))).isEqualTo(text);
    assertThat(UsualTime.micros(Instant.parse(text))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-02T03:04:05.678Z",
        "2024-02-29T03:04:05Z",
        "2026-12-31T23:59:59.999999+17:59",
        "2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.1+00:00",
        "2026-01-02T03:04:05.123456-03:30"
      })
  void both_sides_write_the_usual_form(String text) {
    assertThat(UsualTime.read(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-01-02",
        "2026-01-02T03:04",
        "2026-01-02T03:04:05",
        "2026-01-02T03:04:05.",
        "2026-01-02T03:04:05.Z",
        "2026-01-02T03:04:05.1234567Z",
        "2026-01-02T03:04:05z",
        "2026-01-02T03:04:05+00",
        "2026-01-02T03:04:05+19:00",
        "2026-01-02T03:04:05 00:00",
        "2026-01-02T03:04:05+00:60",
        "2026-13-02T03:04:05Z",
        "2026-00-02T03:04:05Z",
        "2026-02-29T03:04:05Z",
        "2026-02-30T03:04:05Z",
        "2026-04-31T03:04:05Z",
        "2026-01-00T03:04:05Z",
        "2026-01-02T24:00:00Z",
        "2026-01-02T03:60:05Z",
        "2026-01-02T03:04:60Z",
        "12026-01-02T03:04:05Z",
        "-026-01-02T03:04:05Z",
        "2026/01/02T03:04:05Z",
        "infinity"
      })
  void everything_else_is_left_to_the_formatter(String text) {
    assertThat(UsualTime.read(text)).isNull();
  }

  @Property
  void nothing_but_a_time_is_read(@ForAll String text) {
    Instant read = UsualTime.read(text);

    assertThat(read == null || read.truncatedTo(ChronoUnit.MICROS).equals(read)).isTrue();
  }
}
