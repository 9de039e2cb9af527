package io.reconciler.engine.door;

import io.reconciler.side.postgres.permit.RequestPermits.Permit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One attempt at a request: whether it holds a permit, and whether it is answered. */
public final class AirtableAttempt {

  /** Whoever waits looks about once a second whether the process is to end. */
  private static final long LONGEST_WAIT = 1000;

  private final @Nullable Integer earlierAttempts;
  private @Nullable Permit permit;
  private Instant since;
  private Instant left;
  private Duration waited = Duration.ZERO;
  private boolean open = true;
  private int rateLimited;
  private @Nullable Long leftAt;

  AirtableAttempt(@Nullable Integer earlierAttempts, Instant now) {
    this.earlierAttempts = earlierAttempts;
    this.since = now;
    this.left = now;
  }

  /** How many attempts at the same request failed before, as Camel counts them; null for none. */
  @Nullable Integer earlierAttempts() {
    return earlierAttempts;
  }

  /** Whether no answer has come yet that counts. */
  public boolean isOpen() {
    return open;
  }

  /** Whether it still needs a permit. */
  public boolean isWaiting() {
    return !isGranted();
  }

  /** Whether it holds a permit. */
  public boolean isGranted() {
    return permit != null && permit.granted();
  }

  /** Whether it holds one that no other process knows of. */
  boolean isUnshared() {
    return permit != null && permit.granted() && !permit.isShared();
  }

  /** How long to wait before asking for a permit again, milliseconds. */
  public long waitMillis() {
    return permit == null ? 0 : Math.min(permit.delay().toMillis(), LONGEST_WAIT);
  }

  void permit(Permit taken) {
    permit = taken;
  }

  /** Forgets the permit; null when it holds none that is shared. */
  @Nullable Permit giveBack() {
    Permit given = permit;
    permit = null;
    return given != null && given.isShared() ? given : null;
  }

  /** The request is written to its connection, at that reading of a steady counter. */
  void leaves(long nanos) {
    leftAt = nanos;
  }

  /** How long before that reading it was written to its connection; zero when it never was. */
  Duration sentBefore(long nanos) {
    return leftAt == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, nanos - leftAt));
  }

  void sent(Instant now) {
    leftAt = null;
    waited = Duration.between(since, now);
    since = now;
    left = now;
  }

  /** When the request left last. */
  Instant left() {
    return left;
  }

  /** How long it waited for its turn. */
  Duration waited() {
    return waited;
  }

  /** The answer is there, or will never be: how long that took. */
  Duration took(Instant now) {
    Duration took = Duration.between(since, now);
    since = now;
    return took;
  }

  /** Airtable said 429: how often now. */
  int rateLimited() {
    return ++rateLimited;
  }

  void answered() {
    open = false;
  }
}
