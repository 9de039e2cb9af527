package io.reconciler.history;

import io.reconciler.history.Nodes.Passage;
import io.reconciler.world.World;
import java.util.concurrent.atomic.AtomicInteger;

/** PostgreSQL ends all connections of the engine as a run comes to a node, and takes new ones. */
final class Cut implements Nodes.Hook {

  private static final String OTHERS =
      "select count(pg_terminate_backend(pid)) from pg_stat_activity"
          + " where datname = current_database() and pid <> pg_backend_pid()"
          + " and application_name = 'reconciler'";

  private final Moment moment;
  private final World world;
  private final AtomicInteger times = new AtomicInteger();

  Cut(Moment moment, World world) {
    this.moment = moment;
    this.world = world;
  }

  @Override
  public boolean before(Passage passage) {
    if (moment.isReached(passage) && times.getAndIncrement() == moment.number()) {
      world.count(OTHERS);
      world.database().getHikariPoolMXBean().softEvictConnections();
    }
    return true;
  }

  /** Whether it came to that. */
  boolean done() {
    return times.get() > moment.number();
  }
}
