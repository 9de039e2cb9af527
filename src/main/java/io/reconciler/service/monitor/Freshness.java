package io.reconciler.service.monitor;

import io.reconciler.settings.Cron;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says which clients are overdue: three times of the schedule have come since a run of theirs last
 * ended well, or since this process first saw them active, whichever is later.
 */
final class Freshness {

  private static final int PERIODS = 3;

  private final Cron cron;
  private final Clock clock;
  private final Map<String, Instant> firstSeen = new HashMap<>();
  private Instant unseenUntil;

  /** By this schedule, a Quartz cron in UTC. */
  Freshness(String schedule, Clock clock) {
    this.cron = new Cron(schedule);
    this.clock = clock;
    this.unseenUntil = clock.instant();
  }

  /** Those of the active clients that are overdue. */
  synchronized List<WatchedClient> overdue(List<WatchedClient> active) {
    Instant now = clock.instant();
    // One that was not active for a while has its time again when it is back.
    firstSeen.keySet().retainAll(active.stream().map(WatchedClient::base).toList());
    // Whoever is there at the first look was there from the start.
    active.forEach(client -> firstSeen.putIfAbsent(client.base(), unseenUntil));
    unseenUntil = now;
    return active.stream().filter(client -> isOverdue(client, now)).toList();
  }

  private boolean isOverdue(WatchedClient client, Instant now) {
    Instant seen = firstSeen.getOrDefault(client.base(), now);
    Instant reconciled = client.reconciledAt();
    Instant since = reconciled == null || reconciled.isBefore(seen) ? seen : reconciled;
    Instant due = dueAfter(since);
    return due != null && !now.isBefore(due);
  }

  private @Nullable Instant dueAfter(Instant since) {
    Instant time = since;
    for (int i = 0; i < PERIODS && time != null; i++) {
      time = cron.after(time);
    }
    return time;
  }
}
