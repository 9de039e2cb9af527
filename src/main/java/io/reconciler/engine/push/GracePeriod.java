package io.reconciler.engine.push;

import java.time.Duration;
import java.time.Instant;

/**
 * In which edits of the portal rest before they are pushed, as the statements of the candidates
 * have it: a time that lies ahead says nothing about the portal being at work.
 *
 * @param now on the database's clock
 */
record GracePeriod(Instant now, Duration length) {

  private static final Duration AHEAD = Duration.ofSeconds(10);

  boolean covers(Instant edited) {
    return edited.isAfter(now.minus(length)) && edited.isBefore(now.plus(AHEAD));
  }
}
