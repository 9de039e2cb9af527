package io.reconciler.program.lifecycle;

import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.process.Stopping;
import io.reconciler.engine.run.ActiveRuns;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * What SIGTERM does to work that goes on: its runs are asked to end between two steps; what does
 * not end in time, because Airtable or the database hangs, is cut off.
 */
public final class Termination implements AutoCloseable {

  /** The exit codes after SIGTERM and SIGINT, by the shell's convention 128 + 15 and 128 + 2. */
  private static final int TERMINATED = 143;

  private static final int INTERRUPTED = 130;

  /** The thread on which the JVM takes SIGINT; it waits for the hooks. */
  private static final String INTERRUPT = "SIGINT handler";

  /** How long before the end the runs are cut off, and how long their entry may take. */
  private static final Duration RESERVE = Duration.ofMillis(1500);

  private static final Duration ENTRY = Duration.ofMillis(700);
  private static final String CUT_OFF =
      "the process was asked to end, and the run did not end in time";
  private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

  private final Stopping stopping;
  private final ActiveRuns runs;
  private final Duration within;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "stop");
  private volatile boolean begun;

  private Termination(Stopping stopping, ActiveRuns runs, Duration within, boolean begun) {
    this.stopping = stopping;
    this.runs = runs;
    this.within = within;
    this.begun = begun;
  }

  /**
   * Watches over work until it is closed.
   *
   * @param within the time from the signal to the end of the process, whatever happens
   */
  public static Termination watch(Stopping stopping, ActiveRuns runs, Duration within) {
    Termination termination = new Termination(stopping, runs, within, true);
    try {
      Runtime.getRuntime().addShutdownHook(termination.hook);
    } catch (IllegalStateException e) {
      // The signal came while the work was being prepared.
      new Thread(termination::stop, "stop").start();
    }
    return termination;
  }

  /**
   * The same over work that is still being prepared, runs of which may have begun: until it has
   * {@linkplain #begin begun} as a whole the process ends with them, at once when there are none.
   */
  public static Termination watchStart(Stopping stopping, ActiveRuns runs, Duration within) {
    Termination termination = new Termination(stopping, runs, within, false);
    try {
      Runtime.getRuntime().addShutdownHook(termination.hook);
    } catch (IllegalStateException e) {
      // The process ends already, and no run has begun.
      stopping.ask();
    }
    return termination;
  }

  /** The work has begun as a whole: from now on its end is waited for. */
  public void begin() {
    begun = true;
  }

  /** How long runs have to end by themselves when the process ends within that time. */
  public static Duration forRuns(Duration within) {
    return within.minus(RESERVE);
  }

  /** The work is done: there is nothing left to end. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook runs.
    }
  }

  private void stop() {
    stopping.ask();
    if (begun) {
      Thread watchdog = new Thread(this::cutOff, "cut-off");
      watchdog.setDaemon(true);
      watchdog.start();
      await(done, within);
    } else if (!runs.awaitNone(forRuns(within))) {
      enterCutOff(runs, CUT_OFF);
    }
  }

  // The process may end at any time in here: that is what it is for.
  private void cutOff() {
    long start = System.nanoTime();
    if (runs.awaitNone(forRuns(within))) {
      await(new CountDownLatch(1), within.minusNanos(System.nanoTime() - start));
    } else {
      enterCutOff(runs, CUT_OFF);
    }
    Runtime.getRuntime().halt(exitCode());
  }

  // The JVM gives the same codes to what ends in time.
  private static int exitCode() {
    boolean interrupted =
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().equals(INTERRUPT));
    return interrupted ? INTERRUPTED : TERMINATED;
  }

  /**
   * Enters the runs that are active as interrupted, for that reason: nobody waits for them any
   * more. The database may hang as well: the entry is not waited for long.
   */
  public static void enterCutOff(ActiveRuns runs, String why) {
    LOG.warn("a run did not end in time and is cut off; the next one makes it good");
    CountDownLatch entered = new CountDownLatch(1);
    Thread entry =
        new Thread(
            () -> {
              enter(runs, why);
              entered.countDown();
            },
            "cut-off-entry");
    entry.setDaemon(true);
    entry.start();
    await(entered, ENTRY);
  }

  private static void enter(ActiveRuns runs, String why) {
    try {
      runs.cutOff(why);
    } catch (DataAccessException e) {
      // The next run enters it.
      LOG.debug("the cut-off run could not be entered in the ledger: {}", FailureText.of(e));
    }
  }

  private static void await(CountDownLatch event, Duration most) {
    try {
      event.await(Math.max(0, most.toMillis()), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
