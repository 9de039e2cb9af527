package io.reconciler.engine.lock;

import io.reconciler.engine.failure.RunFailedException;
import io.reconciler.engine.process.Daemons;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The locks that the runs of this process hold; their leases are renewed for as long as it moves.
 */
public final class ClientLocks implements AutoCloseable {

  /** So many times a lease is renewed before it would end. */
  private static final int BEATS = 4;

  private final DataSource database;
  private final Duration lease;
  private final Clock clock;

  @SuppressWarnings("ThreadLocalUsage") // of these locks, and there are others in the tests
  private final ThreadLocal<@Nullable ClientLock> sending = new ThreadLocal<>();

  private final Map<UUID, ClientLock> locks = new ConcurrentHashMap<>();
  private final ScheduledExecutorService keeper = Daemons.clock("lock-keeper");
  private final ScheduledFuture<?> renewals;

  /** None yet; those that are taken on this database are held by a lease of that length. */
  public ClientLocks(DataSource database, Duration lease, Clock clock) {
    this.database = database;
    this.lease = lease;
    this.clock = clock;
    this.renewals = Daemons.repeat(keeper, lease.dividedBy(BEATS), this::renew);
  }

  /**
   * Takes the lock of a run's client; false when somebody holds it.
   *
   * @throws SQLException when the database can't be asked
   */
  public boolean take(UUID run, UUID client) throws SQLException {
    ClientLock lock = ClientLock.take(database, client, lease, clock);
    if (lock != null) {
      locks.put(run, lock);
    }
    return lock != null;
  }

  /**
   * Makes sure that a run still holds its lock.
   *
   * @throws RunFailedException when it does not
   */
  public void ensureHeld(UUID run) {
    ClientLock lock = locks.get(run);
    if (lock == null) {
      throw new RunFailedException("the run does not hold its client's lock");
    }
    lock.ensureHeld();
  }

  /**
   * Makes sure that a run did not lose the lock it took; one that took none may go on. The request
   * that this thread sends next is the run's.
   *
   * @throws RunFailedException when it did
   */
  public void ensureNotLost(@Nullable UUID run) {
    sending.remove();
    ClientLock lock = run == null ? null : locks.get(run);
    if (lock != null) {
      lock.ensureHeld();
      sending.set(lock);
    }
  }

  /**
   * Makes sure that the run whose request this thread is about to send has not stood still since.
   *
   * @throws RunFailedException when its lease may have ended
   */
  public void ensureLeased() {
    ClientLock lock = sending.get();
    sending.remove();
    if (lock != null) {
      lock.ensureLeased();
    }
  }

  /** Gives a run's lock back, if it holds it. */
  public void release(UUID run) {
    ClientLock lock = locks.remove(run);
    if (lock != null) {
      lock.close();
      synchronized (locks) {
        locks.notifyAll();
      }
    }
  }

  /** The runs that hold a lock. */
  public Set<UUID> runs() {
    return Set.copyOf(locks.keySet());
  }

  /** Waits until no lock is held, at most so long; whether none is. */
  public boolean awaitNone(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    synchronized (locks) {
      long left = most.toMillis();
      while (!locks.isEmpty() && left > 0) {
        try {
          locks.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return locks.isEmpty();
        }
        left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      }
      return locks.isEmpty();
    }
  }

  @Override
  public void close() {
    renewals.cancel(false);
    keeper.shutdownNow();
  }

  private void renew() {
    locks.values().forEach(ClientLocks::renew);
  }

  private static void renew(ClientLock lock) {
    try {
      lock.ensureHeld();
    } catch (RunFailedException e) {
      // A lock that is lost is its run's affair: it finds out before it writes anything.
    }
  }
}
