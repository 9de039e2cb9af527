package io.reconciler.side.mapping;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Points in time in the one form that both sides write as a rule, such as {@code
 * 2026-01-02T03:04:05.678Z}: there are a dozen in a lead, and a formatter takes many times as long.
 */
public final class UsualTime {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
  private static final String FORM = "0000-00-00T00:00:00";
  private static final String ZONE = "+00:00";
  private static final int NO_OFFSET = Integer.MAX_VALUE;
  private static final int LEAST_HOURS_TOO_MANY = 18;
  private static final int MOST_DIGITS = 6;
  private static final int NANOS = 1_000_000_000;
  private static final int NANOS_OF_MICRO = 1000;

  private UsualTime() {}

  /**
   * The time, with up to microseconds; null when the text has any other form, or its time is not
   * {@link #known}.
   */
  public static @Nullable Instant read(String text) {
    if (!hasForm(text)) {
      return null;
    }
    int end = endOfSecond(text);
    int nanos = nanos(text, end);
    int offset = offset(text, end);
    return nanos < 0 || offset == NO_OFFSET ? null : at(text, nanos, offset);
  }

  /** The same time, if both sides can hold it: those of the years 1 to 9999. */
  public static @Nullable Instant known(Instant time) {
    return time.isBefore(FIRST) || !time.isBefore(END) ? null : time;
  }

  /** A text for it that both sides read, exact to the nanosecond. */
  public static String text(Instant time) {
    String usual = micros(time);
    return usual == null ? time.toString() : usual;
  }

  /**
   * The time in UTC with up to microseconds, as PostgreSQL writes it; null where it has more digits
   * or is not {@link #known}.
   */
  static @Nullable String micros(Instant time) {
    if (known(time) == null || time.getNano() % NANOS_OF_MICRO != 0) {
      return null;
    }
    LocalDateTime at = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(FORM.length() + 1 + MOST_DIGITS + ZONE.length());
    digits(at.getYear(), 4, text);
    digits(at.getMonthValue(), 2, text.append('-'));
    digits(at.getDayOfMonth(), 2, text.append('-'));
    digits(at.getHour(), 2, text.append('T'));
    digits(at.getMinute(), 2, text.append(':'));
    digits(at.getSecond(), 2, text.append(':'));
    fraction(time.getNano() / NANOS_OF_MICRO, text);
    return text.append(ZONE).toString();
  }

  /**
   * The time in UTC without its zone, as PostgreSQL writes a {@code timestamp}; any other text
   * where that has fewer digits or no such form.
   */
  public static String utc(Instant time) {
    String usual = micros(time);
    return usual == null
        ? time.toString()
        : usual.substring(0, usual.length() - ZONE.length()).replace('T', ' ');
  }

  private static void fraction(int micros, StringBuilder text) {
    if (micros == 0) {
      return;
    }
    digits(micros, MOST_DIGITS, text.append('.'));
    while (text.charAt(text.length() - 1) == '0') {
      text.setLength(text.length() - 1);
    }
  }

  private static void digits(int number, int count, StringBuilder text) {
    int unit = 1;
    for (int i = 1; i < count; i++) {
      unit *= 10;
    }
    for (int rest = number; unit > 0; unit /= 10) {
      text.append((char) ('0' + rest / unit));
      rest %= unit;
    }
  }

  private static @Nullable Instant at(String text, int nanos, int offset) {
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    int year = number(text, 0, 4);
    return isDay(year, month, day) && hour < 24 && minute < 60 && second < 60
        ? known(
            LocalDateTime.of(year, month, day, hour, minute, second, nanos)
                .toInstant(ZoneOffset.UTC)
                .minusSeconds(offset))
        : null;
  }

  private static boolean isDay(int year, int month, int day) {
    return month >= 1
        && month <= 12
        && day >= 1
        && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
  }

  private static boolean hasForm(String text) {
    if (text.length() <= FORM.length()) {
      return false;
    }
    for (int i = 0; i < FORM.length(); i++) {
      char form = FORM.charAt(i);
      char found = text.charAt(i);
      if (form == '0' ? !isDigit(found) : form != found) {
        return false;
      }
    }
    return true;
  }

  // Where the zone begins.
  private static int endOfSecond(String text) {
    int end = FORM.length();
    if (text.charAt(end) == '.') {
      end++;
      while (end < text.length() && isDigit(text.charAt(end))) {
        end++;
      }
    }
    return end;
  }

  // In seconds, of a zone such as Z or +05:30; Airtable writes the one and PostgreSQL the other.
  private static int offset(String text, int start) {
    if (text.length() == start + 1 && text.charAt(start) == 'Z') {
      return 0;
    }
    if (text.length() != start + ZONE.length()) {
      return NO_OFFSET;
    }
    for (int i = 1; i < ZONE.length(); i++) {
      char found = text.charAt(start + i);
      if (ZONE.charAt(i) == '0' ? !isDigit(found) : ZONE.charAt(i) != found) {
        return NO_OFFSET;
      }
    }
    int hours = number(text, start + 1, start + 3);
    int minutes = number(text, start + 4, start + 6);
    int seconds = (hours * 60 + minutes) * 60;
    if (hours >= LEAST_HOURS_TOO_MANY || minutes >= 60) {
      return NO_OFFSET;
    }
    return switch (text.charAt(start)) {
      case '+' -> seconds;
      case '-' -> -seconds;
      default -> NO_OFFSET;
    };
  }

  private static int nanos(String text, int end) {
    int digits = end - FORM.length() - 1;
    if (digits < 0) {
      return 0;
    }
    if (digits == 0 || digits > MOST_DIGITS) {
      return -1;
    }
    int unit = NANOS;
    for (int i = 0; i < digits; i++) {
      unit /= 10;
    }
    return number(text, FORM.length() + 1, end) * unit;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
