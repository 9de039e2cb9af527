package io.reconciler.sandbox.table;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A base's limit: so many requests in any sliding second, then a lock-out.
 *
 * <p>The shape of Airtable's window and whether requests prolong the lock-out are UNCONFIRMED: the
 * sliding second is the strictest shape, and the lock-out is not prolonged.
 */
public final class RateLimiter {

  private final int perSecond;
  private final Duration lockOut;
  private final Deque<Instant> admitted = new ArrayDeque<>();
  private Instant lockedUntil = Instant.MIN;

  public RateLimiter(int perSecond, Duration lockOut) {
    this.perSecond = perSecond;
    this.lockOut = lockOut;
  }

  /** Says whether the request that arrived then is served. */
  synchronized boolean admits(Instant arrival) {
    if (perSecond == 0) {
      return true;
    }
    if (arrival.isBefore(lockedUntil)) {
      return false;
    }
    while (!admitted.isEmpty() && !admitted.getFirst().plusSeconds(1).isAfter(arrival)) {
      admitted.removeFirst();
    }
    if (admitted.size() >= perSecond) {
      lockedUntil = arrival.plus(lockOut);
      return false;
    }
    admitted.addLast(arrival);
    return true;
  }
}
