package io.reconciler.sandbox.formula;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts, units and distances of moments, all in UTC. */
public final class Dates {

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Dates() {}

  /** Returns the moment as Airtable writes it: milliseconds and Z. */
  public static String iso(Instant moment) {
    return ISO.format(moment);
  }

  /** Reads an ISO date, or date and time with or without a zone (then UTC); null if it is none. */
  public static @Nullable Instant parse(String text) {
    String trimmed = text.strip();
    try {
      if (trimmed.length() <= 10) {
        return LocalDate.parse(trimmed).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      TemporalAccessor parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              trimmed.replaceFirst("^(\\S+) (?=\\d)", "$1T"),
              OffsetDateTime::from,
              LocalDateTime::from);
      return parsed instanceof OffsetDateTime zoned
          ? zoned.toInstant()
          : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * Reads text in one of Airtable's formats ({@code x}, {@code X}, or letters as in YYYY-MM-DD).
   */
  static Instant parse(String text, String format) {
    try {
      return switch (format) {
        case "x" -> Instant.ofEpochMilli(Long.parseLong(text.strip()));
        case "X" -> Instant.ofEpochSecond(Long.parseLong(text.strip()));
        default -> parseLetters(text.strip(), format);
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new ErrorValue();
    }
  }

  private static Instant parseLetters(String text, String format) {
    Instant iso = parse(text);
    if (iso != null) {
      // Airtable is lenient: a text that says more than its format is read all the same.
      return iso;
    }
    String pattern = format.replace("YYYY", "uuuu").replace('D', 'd').replace("T", "'T'");
    TemporalAccessor parsed =
        DateTimeFormatter.ofPattern(pattern.replace("[Z]", "'Z'"), Locale.ROOT)
            .parseBest(text, LocalDateTime::from, LocalDate::from);
    return parsed instanceof LocalDateTime time
        ? time.toInstant(ZoneOffset.UTC)
        : LocalDate.from(parsed).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  static ChronoUnit unit(String name) {
    return switch (name) {
      case "milliseconds", "millisecond", "ms" -> ChronoUnit.MILLIS;
      case "seconds", "second", "s" -> ChronoUnit.SECONDS;
      case "minutes", "minute", "m" -> ChronoUnit.MINUTES;
      case "hours", "hour", "h" -> ChronoUnit.HOURS;
      case "days", "day", "d" -> ChronoUnit.DAYS;
      case "weeks", "week", "w" -> ChronoUnit.WEEKS;
      case "months", "month", "M" -> ChronoUnit.MONTHS;
      case "years", "year", "y" -> ChronoUnit.YEARS;
      default -> throw new ErrorValue();
    };
  }

  /** Returns left less right in whole units, towards zero. */
  static double distance(Instant left, Instant right, ChronoUnit unit) {
    return unit.between(utc(right), utc(left));
  }

  static Instant plus(Instant moment, double amount, ChronoUnit unit) {
    return utc(moment).plus((long) amount, unit).toInstant();
  }

  static boolean same(Instant left, Instant right, ChronoUnit unit) {
    return switch (unit) {
      case YEARS -> utc(left).getYear() == utc(right).getYear();
      case MONTHS ->
          same(left, right, ChronoUnit.YEARS) && utc(left).getMonth() == utc(right).getMonth();
      case WEEKS -> Math.abs(Duration.between(left, right).toDays()) < 7;
      default -> left.truncatedTo(unit).equals(right.truncatedTo(unit));
    };
  }

  private static ZonedDateTime utc(Instant moment) {
    return moment.atZone(ZoneOffset.UTC);
  }
}
