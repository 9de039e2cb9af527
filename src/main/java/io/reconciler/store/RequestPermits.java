package io.reconciler.store;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The permits for requests to a base, shared by every process on the database: a permit comes back
 * one period after the answer to the request it was taken for, so that whatever the network does no
 * sliding period ever sees more requests than there are permits.
 */
public final class RequestPermits {

  /** Longer than any request lasts (60 s at most): a killed holder's permit returns. */
  private static final Duration LEASE = Duration.ofSeconds(75);

  private static final String ADD = SqlFile.read("add-request-permits");
  private static final String TAKE = SqlFile.read("take-request-permit");
  private static final String WAIT = SqlFile.read("request-permit-wait");
  private static final String RELEASE = SqlFile.read("release-request-permit");
  private static final String PAUSE = SqlFile.read("pause-base");
  private static final String LOWER = SqlFile.read("lower-pace");

  /** So long a lowered pace is held; it grows back within the same time. */
  private static final Duration HOLD = Duration.ofMinutes(10);

  /** Answers to requests that were sent before the pace was lowered say nothing about it. */
  private static final Duration SETTLE = Duration.ofSeconds(10);

  private final JdbcClient jdbc;
  private final RequestRate rate;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /** Permits on this database, as many as the rate says. */
  public RequestPermits(JdbcClient jdbc, RequestRate rate) {
    this.jdbc = jdbc;
    this.rate = rate;
  }

  /** Takes a permit if there is one now: its slot, or how long to wait before asking again. */
  public Permit take(String baseId) {
    if (!known.contains(baseId)) {
      jdbc.sql(ADD).param("baseId", baseId).param("permits", rate.permits()).update();
      known.add(baseId);
    }
    Map<String, Object> parameters =
        Map.of("baseId", baseId, "permits", rate.permits(), "lease", text(LEASE));
    return jdbc.sql(TAKE)
        .params(parameters)
        .query(Integer.class)
        .optional()
        .map(slot -> new Permit(slot, Duration.ZERO))
        .orElseGet(() -> new Permit(Permit.NONE, untilFree(baseId)));
  }

  /** Gives a permit back when its request is answered, or has failed. */
  public void release(String baseId, int slot) {
    jdbc.sql(RELEASE)
        .param("baseId", baseId)
        .param("slot", slot)
        .param("permits", rate.permits())
        .param("period", text(rate.period()))
        .update();
  }

  /** No request to this base, from any process, for that long. */
  public void pause(String baseId, Duration pause) {
    jdbc.sql(PAUSE).param("baseId", baseId).param("pause", text(pause)).update();
  }

  /** Halves the pace of this base for ten minutes; false when that was done a moment ago. */
  public boolean lowerPace(String baseId) {
    return jdbc.sql(LOWER)
            .param("baseId", baseId)
            .param("hold", text(HOLD))
            .param("settle", text(SETTLE))
            .update()
        > 0;
  }

  // At least a moment, at most long enough to notice a permit that came back early.
  private Duration untilFree(String baseId) {
    long millis =
        jdbc.sql(WAIT)
            .param("baseId", baseId)
            .param("permits", rate.permits())
            .query(Double.class)
            .optional()
            .orElse(1.0)
            .longValue();
    return Duration.ofMillis(Math.max(1, Math.min(millis, rate.period().toMillis())));
  }

  private static String text(Duration duration) {
    return duration.toMillis() + " milliseconds";
  }

  /** A permit taken, or none, and the time to wait. */
  public record Permit(int slot, Duration delay) {

    static final int NONE = -1;
    private static final int UNSHARED = -2;

    /** Leave to go after that delay that no other process knows of. */
    public static Permit unshared(Duration delay) {
      return new Permit(UNSHARED, delay);
    }

    /** Whether the database keeps it, and must have it back. */
    public boolean isShared() {
      return slot >= 0;
    }

    /** Whether the request may go now. */
    public boolean granted() {
      return slot != NONE;
    }
  }
}
