package io.reconciler.side.postgres.permit;

import io.reconciler.side.postgres.SqlFile;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The permits for requests to a base, and those of the token over all bases, shared by every
 * process on the database: a permit comes back one period and a margin after its request was sent,
 * so that no sliding period sees more requests than there are permits, unless a request is on its
 * way for longer than the margin. After a 429 it comes back one period after the answer, which
 * holds whatever the network does.
 */
public final class RequestPermits {

  /** Longer than any request lasts (60 s at most): a killed holder's permit returns. */
  private static final Duration LEASE = Duration.ofSeconds(75);

  /**
   * A process and its first connections are slow, and with them the ways of its first requests: so
   * many permits come back by the careful rule.
   */
  private static final int WARM_UP = 10;

  private static final String ADD = SqlFile.read("add-request-permits");
  private static final String ADD_TOKEN = SqlFile.read("add-token-permits");
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
  private final AtomicInteger answered = new AtomicInteger();
  private volatile boolean tokenKnown;

  /** Permits on this database, as many as the rate says. */
  public RequestPermits(JdbcClient jdbc, RequestRate rate) {
    this.jdbc = jdbc;
    this.rate = rate;
  }

  /** Takes a permit if there is one now: its slot, or how long to wait before asking again. */
  public Permit take(String baseId) {
    ensureKnown(baseId);
    Map<String, Object> parameters =
        Map.of(
            "baseId", baseId,
            "permits", rate.permits(),
            "tokenPermits", rate.tokenPermits(),
            "lease", text(LEASE));
    return jdbc.sql(TAKE)
        .params(parameters)
        .query((row, n) -> new Permit(row.getInt("slot"), row.getInt("token_slot"), Duration.ZERO))
        .optional()
        .orElseGet(() -> Permit.none(untilFree(baseId)));
  }

  /**
   * Gives a permit back when its request is answered, or has failed.
   *
   * @param sentBefore how long ago the request was sent, zero when that is not known
   */
  public void release(String baseId, Permit permit, Duration sentBefore) {
    boolean warm = answered.incrementAndGet() > WARM_UP;
    jdbc.sql(RELEASE)
        .param("baseId", baseId)
        .param("slot", permit.slot())
        .param("tokenSlot", permit.tokenSlot())
        .param("permits", rate.permits())
        .param("careful", text(rate.period()))
        .param("quick", text(warm ? rate.freeAfter(sentBefore) : rate.period()))
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

  private void ensureKnown(String baseId) {
    if (!tokenKnown) {
      jdbc.sql(ADD_TOKEN).param("tokenPermits", rate.tokenPermits()).update();
      tokenKnown = true;
    }
    if (!known.contains(baseId)) {
      jdbc.sql(ADD).param("baseId", baseId).param("permits", rate.permits()).update();
      known.add(baseId);
    }
  }

  // At least a moment, at most long enough to notice a permit that came back early.
  private Duration untilFree(String baseId) {
    long millis =
        jdbc.sql(WAIT)
            .param("baseId", baseId)
            .param("permits", rate.permits())
            .param("tokenPermits", rate.tokenPermits())
            .query(Double.class)
            .optional()
            .orElse(1.0)
            .longValue();
    return Duration.ofMillis(Math.max(1, Math.min(millis, rate.period().toMillis())));
  }

  private static String text(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos()) + " microseconds";
  }

  /**
   * A permit taken, or none, and the time to wait.
   *
   * @param tokenSlot the token's permit that belongs to it, 0 for none
   */
  public record Permit(int slot, int tokenSlot, Duration delay) {

    private static final int NONE = -1;
    private static final int UNSHARED = -2;

    /** No leave to go: after that delay it is asked for again. */
    public static Permit none(Duration delay) {
      return new Permit(NONE, 0, delay);
    }

    /** Leave to go now that no other process knows of. */
    public static Permit unshared() {
      return new Permit(UNSHARED, 0, Duration.ZERO);
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
