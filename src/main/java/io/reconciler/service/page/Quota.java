package io.reconciler.service.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a month against the plan. Pure.
 *
 * @param text in words
 * @param tone whether the plan will do
 */
record Quota(String text, Tone tone) {

  /** Used so far, at the pace of the last days. */
  static Quota of(long used, @Nullable Long allowed, List<Day> days, Instant now) {
    long end = forecast(used, days, now);
    String much =
        allowed == null
            ? "%,d requests this month".formatted(used)
            : "%,d of %,d requests this month".formatted(used, allowed);
    Tone tone = allowed != null && end > allowed ? Tone.WARN : Tone.CALM;
    return new Quota(String.format(Locale.ROOT, "%s, about %,d by its end", much, end), tone);
  }

  // The days before the first run tell nothing of the pace.
  static long forecast(long used, List<Day> days, Instant now) {
    long counted = days.stream().dropWhile(day -> day.requests() == 0).count();
    if (counted == 0) {
      return used;
    }
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Instant midnight = today.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant month = today.withDayOfMonth(1).plusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    double passed = counted - 1 + Duration.between(midnight, now).toMinutes() / 1440.0;
    double left = Duration.between(now, month).toMinutes() / 1440.0;
    double perDay = days.stream().mapToLong(Day::requests).sum() / Math.max(passed, 1);
    return used + Math.round(perDay * left);
  }
}
