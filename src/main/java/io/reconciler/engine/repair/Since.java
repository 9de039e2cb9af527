package io.reconciler.engine.repair;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The point in time that {@code since} means: a while ago, a day, or an instant; UTC. */
final class Since {

  private static final Pattern AGO = Pattern.compile("([0-9]{1,5})([mhdw])");

  private Since() {}

  static Instant parse(String text, Instant now) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return now.minus(unit(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1))));
    }
    try {
      return instant(text.replace(' ', 'T'));
    } catch (DateTimeException e) {
      throw new BadFilterException(
          "since",
          "must be a while ago (90m, 6h, 3d, 2w), a day (2026-01-31) or a time"
              + " (2026-01-31T14:00:00Z) (given: "
              + text
              + ")");
    }
  }

  private static Instant instant(String text) {
    if (text.length() <= 10) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    return text.matches(".*(Z|[+-][0-9:]{2,8})$") && !text.matches("[0-9-]+T[0-9:.]+")
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      default -> Duration.ofDays(7);
    };
  }
}
