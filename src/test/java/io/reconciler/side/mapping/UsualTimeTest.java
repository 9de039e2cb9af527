package io.reconciler.side.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way to read a time reads what the formatter reads, or leaves it to the formatter. */
class UsualTimeTest {

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

    boolean late = time.getDayOfMonth() > 28;
    boolean shortened = time.getSecond() == 0 && time.getNano() == 0;
    if (late || shortened) {
      assertThat(read).isNull();
    } else {
      assertThat(read).isEqualTo(time.toInstant());
    }
    assertThat(Timestamps.parse(text)).isEqualTo(time.toInstant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-02T03:04:05.678Z",
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
        "2026-02-30T03:04:05Z",
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
