package io.reconciler.settings;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/** The times of a schedule, a Quartz cron in UTC. */
public final class Cron {

  private final CronExpression expression;

  /** Throws IllegalArgumentException for text that is none; the settings let no such through. */
  public Cron(String text) {
    try {
      expression = new CronExpression(text);
      expression.setTimeZone(TimeZone.getTimeZone("UTC"));
    } catch (ParseException e) {
      throw new IllegalArgumentException("the settings let no such schedule through", e);
    }
  }

  /**
   * The text of a variable, if it comes after this time: Quartz takes no trigger that never does.
   */
  static String parse(String text, Instant now) {
    Cron cron = ofVariable(text);
    if (cron.after(now) == null) {
      throw new MalformedValueException("it has no time that is still to come");
    }
    return cron.expression.getCronExpression();
  }

  private static Cron ofVariable(String text) {
    try {
      return new Cron(text);
    } catch (RuntimeException e) {
      // Quartz meets some bad fields with an index or number exception of its own.
      throw new MalformedValueException(
          "it is no Quartz cron (seconds, minutes, hours, day of month, month, day of week;"
              + " one of the two days is ?)");
    }
  }

  /** The first time after this one; null when there is none any more. */
  public @Nullable Instant after(Instant time) {
    Date next = expression.getNextValidTimeAfter(Date.from(time));
    return next == null ? null : next.toInstant();
  }

  /**
   * The time between its next two times, which is another at odd hours for a schedule of odd times;
   * zero when it does not come twice any more.
   */
  public Duration period(Instant now) {
    Instant next = after(now);
    Instant afterNext = next == null ? null : after(next);
    return next == null || afterNext == null ? Duration.ZERO : Duration.between(next, afterNext);
  }
}
