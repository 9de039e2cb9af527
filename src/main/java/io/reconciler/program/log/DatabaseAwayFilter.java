package io.reconciler.program.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.reconciler.engine.failure.FailureText;
import io.reconciler.side.postgres.DatabaseAway;
import io.reconciler.side.postgres.RefusedWrite;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Makes one line of what anybody logs because PostgreSQL is away, lets nobody in, takes no writes,
 * ended a statement for others' sake or has other tables than before: where that was noticed says
 * nothing, and the libraries that keep trying would fill the log with their stacks. Whoever asked
 * for details gets them.
 */
public final class DatabaseAwayFilter extends TurboFilter {

  /** Where a message repeats the failure, and with it the whole statement. */
  private static final Pattern NESTED =
      Pattern.compile("(?s)(?:( threw exception) \\[|[\\s;]*\\bSQL \\[).*");

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] params,
      @Nullable Throwable thrown) {
    if (format == null || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
      return FilterReply.NEUTRAL;
    }
    // Behind two or more values it stands among these.
    Throwable failure = thrown == null ? MessageFormatter.getThrowableCandidate(params) : thrown;
    if (failure == null || Details.areWanted(logger) || !isAway(failure)) {
      return FilterReply.NEUTRAL;
    }
    String text = MessageFormatter.arrayFormat(format, params).getMessage();
    return Rewritten.as(line(text, failure), marker, logger, level);
  }

  private static boolean isAway(Throwable failure) {
    return DatabaseAway.isShut(failure)
        || DatabaseAway.lost(failure)
        || RefusedWrite.of(failure)
            .filter(r -> r.isReadOnly() || r.passes() || r.isAboutTable() || r.isDenied())
            .isPresent();
  }

  /** What was to be done, and why it could not be; the latter once. */
  private static String line(String message, Throwable failure) {
    String why = failure.getMessage();
    String what = why == null ? message : message.replace(why, "");
    what = NESTED.matcher(what).replaceFirst("$1");
    return what.strip().replaceAll("[.:]$", "") + ": " + FailureText.of(failure);
  }
}
