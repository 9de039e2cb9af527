package io.reconciler.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * How a sandbox behaves.
 *
 * @param port 0 for a free one
 * @param clock the sandbox's time: the Date header, modified times, the rate limit
 * @param requestsPerSecond per base, in any sliding second; 0 for no limit
 * @param lockOut how long a base refuses everything after its limit was exceeded; Airtable: 30 s
 * @param tokens those accepted; empty for any
 * @param latency added to every answer, in real time
 * @param threads how many requests are handled at a time
 * @param iteratorLifetime how long an unfinished listing can be resumed after its last page
 */
public record SandboxOptions(
    int port,
    Clock clock,
    int requestsPerSecond,
    Duration lockOut,
    Set<String> tokens,
    Duration latency,
    int threads,
    Duration iteratorLifetime) {

  /**
   * Copies the tokens; throws IllegalArgumentException for a limit or thread count below 0 or 1.
   */
  public SandboxOptions {
    tokens = Set.copyOf(tokens);
    if (requestsPerSecond < 0 || threads < 1) {
      throw new IllegalArgumentException("requestsPerSecond must be 0 or more, threads 1 or more");
    }
  }

  /** A free port, the machine's UTC clock, Airtable's own limits, any token, no latency. */
  public static SandboxOptions defaults() {
    return new SandboxOptions(
        0,
        Clock.systemUTC(),
        5,
        Duration.ofSeconds(30),
        Set.of(),
        Duration.ZERO,
        16,
        Duration.ofMinutes(5));
  }

  public SandboxOptions withPort(int newPort) {
    return new SandboxOptions(
        newPort, clock, requestsPerSecond, lockOut, tokens, latency, threads, iteratorLifetime);
  }

  /** Takes its time from that clock. */
  public SandboxOptions withClock(Clock newClock) {
    return new SandboxOptions(
        port, newClock, requestsPerSecond, lockOut, tokens, latency, threads, iteratorLifetime);
  }

  /** Allows that many requests per base and second, 0 for any number. */
  public SandboxOptions withRequestsPerSecond(int limit) {
    return new SandboxOptions(
        port, clock, limit, lockOut, tokens, latency, threads, iteratorLifetime);
  }

  /** Accepts only these tokens. */
  public SandboxOptions withTokens(String... accepted) {
    return new SandboxOptions(
        port,
        clock,
        requestsPerSecond,
        lockOut,
        Set.of(accepted),
        latency,
        threads,
        iteratorLifetime);
  }

  public SandboxOptions withLatency(Duration newLatency) {
    return new SandboxOptions(
        port, clock, requestsPerSecond, lockOut, tokens, newLatency, threads, iteratorLifetime);
  }

  /** Handles that many requests at a time. */
  public SandboxOptions withThreads(int count) {
    return new SandboxOptions(
        port, clock, requestsPerSecond, lockOut, tokens, latency, count, iteratorLifetime);
  }
}
