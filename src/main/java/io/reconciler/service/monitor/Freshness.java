package io.reconciler.service.monitor;

import io.reconciler.engine.budget.Budget;
import io.reconciler.settings.Cron;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says which clients are overdue: three times of the schedule have come since a run of theirs last
 * ended well, or since this process first saw them active, whichever is later. While the month's
 * quota slows the schedule this takes as many times longer, and while it stops it nobody is.
 */
final class Freshness {

  private static final int PERIODS = 3;

  private final Cron cron;
  private final Clock clock;
  private final Map<String, Instant> firstSeen = new HashMap<>();
  private Instant unseenUntil;
  private boolean slowed;

  /** By this schedule, a Quartz cron in UTC. */
  Freshness(String schedule, Clock clock) {
    this.cron = new Cron(schedule);
    this.clock = clock;
    this.unseenUntil = clock.instant();
  }

  /** Those of the active clients that are overdue, by what the budget lets begin. */
  synchronized List<WatchedClient> overdue(List<WatchedClient> active, @Nullable Budget budget) {
    Instant now = clock.instant();
    // One that was not active for a while has its time again when it is back.
    firstSeen.keySet().retainAll(active.stream().map(WatchedClient::base).toList());
    // Whoever is there at the first look was there from the start.
    active.forEach(client -> firstSeen.putIfAbsent(client.base(), unseenUntil));
    unseenUntil = now;
    boolean isShort = budget != null && budget.isShort();
    if (slowed && !isShort) {
      // The schedule is as it was set: it has its usual time from here.
      firstSeen.replaceAll((base, seen) -> now);
    }
    slowed = isShort;
    if (budget != null && budget.isUsedUp()) {
      return List.of();
    }
    double stretch = budget == null ? 1 : budget.stretch();
    return active.stream().filter(client -> isOverdue(client, stretch, now)).toList();
  }

  private boolean isOverdue(WatchedClient client, double stretch, Instant now) {
    Instant seen = firstSeen.getOrDefault(client.base(), now);
    Instant reconciled = client.reconciledAt();
    Instant since = reconciled == null || reconciled.isBefore(seen) ? seen : reconciled;
    Instant due = dueAfter(since);
    if (due == null) {
      return false;
    }
    long millis = Math.round(Duration.between(since, due).toMillis() * stretch);
    return !now.isBefore(since.plusMillis(millis));
  }

  private @Nullable Instant dueAfter(Instant since) {
    Instant time = since;
    for (int i = 0; i < PERIODS && time != null; i++) {
      time = cron.after(time);
    }
    return time;
  }
}
