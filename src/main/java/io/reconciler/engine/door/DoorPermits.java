package io.reconciler.engine.door;

import io.reconciler.side.postgres.permit.RequestPermits;
import io.reconciler.side.postgres.permit.RequestPermits.Permit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * The permits of the door. A run needs the database's, which all processes share. A request outside
 * a run, as the preflight makes, goes without when the database can't give one: there may be no
 * database yet. The rate limit of this process and its pauses hold for it all the same, and a pause
 * that the database could not be told of is told to it as soon as it can be asked again.
 */
final class DoorPermits {

  /** A database that could not be asked is left alone so long: each try may wait for a time-out. */
  private static final Duration RETRY = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(DoorPermits.class);

  private final RequestPermits shared;
  private final Clock clock;
  private final Map<String, Instant> pausedUntil = new ConcurrentHashMap<>();
  private final Set<String> untold = ConcurrentHashMap.newKeySet();
  private volatile Instant unsharedUntil = Instant.MIN;

  DoorPermits(RequestPermits shared, Clock clock) {
    this.shared = shared;
    this.clock = clock;
  }

  Permit take(String baseId, boolean inRun) {
    if (!inRun && clock.instant().isBefore(unsharedUntil)) {
      return unshared(baseId);
    }
    try {
      tellPause(baseId);
      return shared.take(baseId);
    } catch (DataAccessException e) {
      tolerate(e, inRun);
      return unshared(baseId);
    }
  }

  /** Leave to go that no other process knows of; none while the base pauses. */
  Permit unshared(String baseId) {
    Duration pause = pause(baseId);
    return pause.isZero() ? Permit.unshared() : Permit.none(pause);
  }

  void release(String baseId, Permit permit, Duration sentBefore, boolean inRun) {
    try {
      shared.release(baseId, permit, sentBefore);
    } catch (DataAccessException e) {
      tolerate(e, inRun);
    }
  }

  /** Pauses the base and lowers its pace; whether the latter was not done a moment ago already. */
  boolean pause(String baseId, Duration pause, boolean inRun) {
    // Known here in any case: the database may go away before the pause is over.
    pausedUntil.merge(
        baseId, clock.instant().plus(pause), (one, two) -> one.isAfter(two) ? one : two);
    try {
      shared.pause(baseId, pause);
      return shared.lowerPace(baseId);
    } catch (DataAccessException e) {
      untold.add(baseId);
      tolerate(e, inRun);
      return false;
    }
  }

  private void tellPause(String baseId) {
    if (untold.contains(baseId)) {
      shared.pause(baseId, pause(baseId));
      untold.remove(baseId);
    }
  }

  /** How long the base still pauses, as far as it is known here. */
  private Duration pause(String baseId) {
    Instant until = pausedUntil.getOrDefault(baseId, Instant.MIN);
    Instant now = clock.instant();
    return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
  }

  private void tolerate(DataAccessException e, boolean inRun) {
    if (inRun) {
      throw e;
    }
    failed(e);
  }

  private void failed(DataAccessException e) {
    LOG.debug("no shared permit: the database can't be asked", e);
    unsharedUntil = clock.instant().plus(RETRY);
  }
}
