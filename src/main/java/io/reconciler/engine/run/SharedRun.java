package io.reconciler.engine.run;

import io.reconciler.engine.failure.RunInterruptedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a run, its parts and their rehearsals have in common: one identity, one clock, one stop. */
final class SharedRun {

  private final UUID id = UUID.randomUUID();
  private final Client client;
  private final Clock clock;
  private final EditLags editLags;
  private final AtomicReference<@Nullable String> stopAskedBy = new AtomicReference<>();
  private Instant started;

  SharedRun(Client client, Clock clock) {
    this.client = client;
    this.clock = clock;
    this.editLags = new EditLags(clock);
    this.started = now();
  }

  UUID id() {
    return id;
  }

  Client client() {
    return client;
  }

  EditLags editLags() {
    return editLags;
  }

  /** It begins now: it has its client's lock, for which it may have waited. */
  void begin() {
    started = now();
  }

  Instant started() {
    return started;
  }

  Duration lasts() {
    return Duration.between(started, now());
  }

  /** The first to ask is the one who is named. */
  void askToStop(String by) {
    stopAskedBy.compareAndSet(null, by);
  }

  void ensureNotAskedToStop() {
    String by = stopAskedBy.get();
    if (by != null) {
      throw new RunInterruptedException(by);
    }
  }

  /** Our clock, as exact as the ledger is. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
