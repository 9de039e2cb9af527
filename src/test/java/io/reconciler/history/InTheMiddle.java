package io.reconciler.history;

import io.reconciler.history.Nodes.Passage;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.World;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An edit while a run goes on. The portal's comes from a session of its own, which may have to wait
 * for the run's transaction.
 */
final class InTheMiddle implements Nodes.Hook {

  private static final long LOOK_NANOS = 300_000;

  private static final String WAITING =
      "select 1 from pg_stat_activity where datname = current_database()"
          + " and wait_event_type = 'Lock'";

  private final Moment moment;
  private final boolean anyTime;
  private final Runnable edit;
  private final World world;
  private final AtomicBoolean made = new AtomicBoolean();
  private volatile boolean pushing;
  private volatile @Nullable CompletableFuture<Void> done;

  /**
   * At that moment.
   *
   * @param anyTime false to leave stage 2 alone: Airtable has no conditional write, so an edit made
   *     there between our read and our PATCH can be overwritten (the stated limit)
   */
  InTheMiddle(Moment moment, boolean anyTime, Runnable edit, World world) {
    this.moment = moment;
    this.anyTime = anyTime;
    this.edit = edit;
    this.world = world;
  }

  @Override
  public boolean before(Passage passage) {
    if (passage.route().equals("push")) {
      pushing = true;
    }
    boolean now = moment.isReached(passage) && (anyTime || !pushing);
    // Threads beside the run's come by as well: the edit is made once.
    if (now && made.compareAndSet(false, true)) {
      CompletableFuture<Void> making = CompletableFuture.runAsync(edit);
      done = making;
      while (!making.isDone() && !waits()) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
    return true;
  }

  // Through a session of its own: within the run's transaction PostgreSQL would show what it saw
  // at the first look, again and again.
  private boolean waits() {
    try (Connection own = world.database().getConnection();
        Statement statement = own.createStatement();
        ResultSet waiting = statement.executeQuery(WAITING)) {
      return waiting.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The run is over: the edit has been made, or is made now. */
  void finish() throws Exception {
    CompletableFuture<Void> making = done;
    if (making == null) {
      edit.run();
    } else {
      making.get(PatientWaits.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
