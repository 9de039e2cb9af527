package io.reconciler.side.mapping;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;
import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;
import static java.time.temporal.ChronoField.OFFSET_SECONDS;
import static java.time.temporal.ChronoField.YEAR;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Points in time as both sides write them. */
final class Timestamps {

  private static final DateTimeFormatter READ =
      date()
          .optionalStart()
          .appendLiteral('T')
          .append(ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffset("+HH:MM:ss", "Z")
          .optionalEnd()
          .appendPattern("[XX][X]")
          .optionalEnd()
          .parseDefaulting(HOUR_OF_DAY, 0)
          .parseDefaulting(OFFSET_SECONDS, 0)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter MILLIS =
      date().appendPattern("'T'HH:mm:ss.SSS'Z'").toFormatter(Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter MICROS =
      date()
          .appendPattern("'T'HH:mm:ss")
          .appendFraction(NANO_OF_SECOND, 0, 6, true)
          .appendOffset("+HH:MM", "+00:00")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /**
   * The point in time of an ISO-8601 date, or date and time, cut to microseconds; without zone it
   * is UTC, a date alone is its midnight.
   *
   * @throws java.time.DateTimeException if it is none
   */
  static Instant parse(String text) {
    Instant usual = UsualTime.read(text);
    return usual != null ? usual : READ.parse(text, Instant::from).truncatedTo(ChronoUnit.MICROS);
  }

  /** ISO-8601 in UTC with exactly milliseconds, as Airtable writes it. */
  static String millis(Instant time) {
    return MILLIS.format(time);
  }

  /** ISO-8601 in UTC with up to microseconds, as PostgreSQL writes it. */
  static String micros(Instant time) {
    String usual = UsualTime.micros(time);
    return usual != null ? usual : MICROS.format(time);
  }

  private static DateTimeFormatterBuilder date() {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendValue(YEAR, 4, 10, SignStyle.NORMAL)
        .appendPattern("-MM-dd");
  }
}
