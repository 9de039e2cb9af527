package io.reconciler.service.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quartz.Trigger.TriggerState;

/** Tells a trigger that will fire from one that should have and did not. Pure. */
final class LateTriggers {

  /** Longer than a busy machine, or another instance that takes over, needs. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private LateTriggers() {}

  /** What is wrong with a trigger; empty while nothing is. One that runs just now is not late. */
  static Optional<String> problem(@Nullable Instant next, TriggerState state, Instant now) {
    if (state == TriggerState.ERROR) {
      return Optional.of(
          "is in error and does not fire: the service sets it going again within 5 minutes, and its log says so");
    }
    if (next == null || state != TriggerState.NORMAL) {
      return Optional.empty();
    }
    return next.plus(PATIENCE).isBefore(now)
        ? Optional.of("should have fired at " + next + " and did not")
        : Optional.empty();
  }
}
