package io.reconciler.program.boot;

import io.reconciler.engine.process.Stopping;
import io.reconciler.engine.run.ActiveRuns;
import io.reconciler.program.lifecycle.Termination;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Watches over the end of the process from the moment in a start at which web server, routes and
 * triggers may begin something. Before that nothing is there that could hold a signal up.
 */
final class StartWatch implements SmartLifecycle, AutoCloseable {

  private final Stopping stopping;
  private final ActiveRuns runs;
  private final Duration within;
  private volatile @Nullable Termination termination;

  /** Watches over these runs; {@code within} is the longest time from a signal to the end. */
  StartWatch(Stopping stopping, ActiveRuns runs, Duration within) {
    this.stopping = stopping;
    this.runs = runs;
    this.within = within;
  }

  /** What watches over the end. */
  Termination termination() {
    return Objects.requireNonNull(termination);
  }

  /** Before everything else that Spring starts. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }

  @Override
  public void start() {
    termination = Termination.watchStart(stopping, runs, within);
  }

  // Spring stops the parts before it has closed them: that is still to be watched over.
  @Override
  public void stop() {}

  @Override
  public boolean isRunning() {
    return termination != null;
  }

  @Override
  public void close() {
    Termination watch = termination;
    if (watch != null) {
      watch.close();
    }
  }
}
