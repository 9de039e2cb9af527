package io.reconciler.program.lifecycle;

import io.reconciler.engine.failure.FailureText;
import io.reconciler.settings.Settings;
import io.reconciler.side.postgres.DatabaseAway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/** Holds a start back until the database is there; meanwhile the ports say that it waits. */
public final class DatabaseWait {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

  private final Settings settings;
  private final Clock clock;
  private final Consumer<String> log;
  private final PortTls tls;

  /**
   * Waits at the ports of these settings; says now and then what it waits for.
   *
   * @param environment has the TLS of the ports
   */
  public DatabaseWait(
      Settings settings, ConfigurableEnvironment environment, Clock clock, Consumer<String> log) {
    this.settings = settings;
    this.tls = new PortTls(environment);
    this.clock = clock;
    this.log = log;
  }

  /**
   * Does the work as soon as the database is there. A failure that will not pass, such as a wrong
   * password, a database that does not exist or a missing right, is thrown as it is.
   */
  public void run(Runnable work) {
    try (WaitingServer server = WaitingServer.start(settings, tls)) {
      Instant next = Instant.MIN;
      for (RuntimeException failure = attempt(work); failure != null; failure = attempt(work)) {
        if (!clock.instant().isBefore(next)) {
          log.accept("waiting for the database: " + FailureText.of(failure));
          next = clock.instant().plus(BETWEEN_LINES);
        }
        pause();
      }
      if (next.isAfter(Instant.MIN)) {
        log.accept("the database is there");
      }
    }
  }

  /** The passing failure of an attempt; null when it went well. */
  private static @Nullable RuntimeException attempt(Runnable work) {
    try {
      work.run();
      return null;
    } catch (RuntimeException e) {
      if (DatabaseAway.is(e)) {
        return e;
      }
      throw e;
    }
  }

  private static void pause() {
    try {
      new CountDownLatch(1).await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the database", e);
    }
  }
}
