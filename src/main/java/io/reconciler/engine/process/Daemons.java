package io.reconciler.engine.process;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that do not keep the process from ending. */
public final class Daemons {

  private static final Logger LOG = LoggerFactory.getLogger(Daemons.class);

  private Daemons() {}

  /** One thread of that name, for what is done once in a while. */
  public static ScheduledExecutorService clock(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Does this again and again, so long after it has ended; what goes wrong once, an Error too, is
   * told in the log and keeps it from nothing.
   */
  public static ScheduledFuture<?> repeat(
      ScheduledExecutorService clock, Duration pause, Runnable work) {
    return clock.scheduleWithFixedDelay(
        () -> unharmed(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void unharmed(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("something that is done again and again failed, and is tried again", e);
    }
  }
}
