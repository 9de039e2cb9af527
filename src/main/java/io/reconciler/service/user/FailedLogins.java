package io.reconciler.service.user;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The failures of the last 15 minutes by key, in memory: at most so many keys, of which the one
 * that has been quiet for longest makes room.
 */
final class FailedLogins {

  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final int KEYS = 10_000;

  private final int allowed;
  private final Clock clock;
  private final Map<String, Deque<Instant>> failures = new LinkedHashMap<>(16, 0.75f, true);

  FailedLogins(int allowed, Clock clock) {
    this.allowed = allowed;
    this.clock = clock;
  }

  /** How long this key has to wait; zero when it may try now. */
  synchronized Duration wait(String key) {
    Instant now = clock.instant();
    Deque<Instant> times = current(key, now);
    return times.size() < allowed
        ? Duration.ZERO
        : Duration.between(now, times.getFirst().plus(WINDOW));
  }

  /**
   * Counts an attempt as failed; it is counted before it is checked, so that many at once count.
   */
  synchronized void add(String key) {
    Deque<Instant> times = failures.computeIfAbsent(key, absent -> new ArrayDeque<>());
    times.addLast(clock.instant());
    if (times.size() > allowed) {
      times.removeFirst();
    }
    if (failures.size() > KEYS) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  /** Takes back the latest one, which turned out well. */
  synchronized void takeBack(String key) {
    Deque<Instant> times = failures.get(key);
    if (times != null) {
      times.pollLast();
    }
  }

  synchronized void forget(String key) {
    failures.remove(key);
  }

  private Deque<Instant> current(String key, Instant now) {
    Deque<Instant> times = failures.getOrDefault(key, new ArrayDeque<>());
    while (!times.isEmpty() && !now.isBefore(times.getFirst().plus(WINDOW))) {
      times.removeFirst();
    }
    return times;
  }
}
