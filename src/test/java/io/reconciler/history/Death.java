package io.reconciler.history;

import io.reconciler.engine.run.ActiveRuns;
import io.reconciler.engine.run.Run;
import io.reconciler.history.Nodes.Passage;
import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.TestEngine;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The process dies as a run comes to a node: that node and everything after it is left undone, what
 * handles errors included, and open transactions are rolled back.
 */
final class Death implements Nodes.Hook {

  private final Moment moment;
  private final AtomicInteger times = new AtomicInteger();
  private volatile boolean dead;
  private volatile @Nullable Run run;

  Death(Moment moment) {
    this.moment = moment;
  }

  /** Nothing catches it. */
  static final class Killed extends Error {

    private static final long serialVersionUID = 1L;
  }

  @Override
  public boolean before(Passage passage) {
    Run passing = passage.exchange().getProperty("run", Run.class);
    run = passing == null ? run : passing;
    if (moment.isReached(passage) && isTime()) {
      dead = true;
    }
    if (dead) {
      throw new Killed();
    }
    return true;
  }

  private boolean isTime() {
    return moment.place().isEmpty() || times.getAndIncrement() >= moment.number();
  }

  /** When it was to be. */
  Moment moment() {
    return moment;
  }

  boolean dead() {
    return dead;
  }

  /** What the end of the process does to the session that holds the client's lock. */
  void bury(Engine engine, Nodes nodes) {
    if (run != null) {
      nodes.bury(run);
      TestEngine.context(engine).getBean(ActiveRuns.class).end(run);
    }
  }
}
