package io.reconciler.engine.run;

import io.reconciler.engine.failure.RunFailedException;
import io.reconciler.engine.failure.RunInterruptedException;
import io.reconciler.engine.lock.ClientLocks;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.SqlFile;
import io.reconciler.text.Counted;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Begins and ends runs: each holds its client's lock from its first step to its last. */
public final class ActiveRuns implements AutoCloseable {

  private static final String CUT_OFF = SqlFile.read("cut-off-runs");
  private static final Logger LOG = LoggerFactory.getLogger(ActiveRuns.class);

  /** Where each log line of a run names it and its client, by the id of its base. */
  private static final String RUN_KEY = "run";

  private static final String CLIENT_KEY = "client";

  private final DataSource database;
  private final Clock clock;
  private final List<RunListener> listeners;
  private final ClientLocks locks;
  private final RunDeadline deadline;
  private final MappingSet mappings;

  /**
   * Runs whose locks are on this database, told to these listeners.
   *
   * @param mappings the tables that a run goes over
   * @param lease how long a process that stands still keeps a lock
   */
  public ActiveRuns(
      DataSource database,
      MappingSet mappings,
      Duration lease,
      RunDeadline deadline,
      Clock clock,
      List<RunListener> listeners) {
    this.mappings = mappings;
    this.deadline = deadline;
    this.database = database;
    this.locks = new ClientLocks(database, lease, clock);
    this.clock = clock;
    this.listeners = List.copyOf(listeners);
  }

  /** A run of a client, not yet begun; the first scheduled one of a table lists every record. */
  public Run of(Client client, RunRequest request, @Nullable ProgressListener progress) {
    boolean first = request.trigger() == Trigger.SCHEDULE && !request.refresh();
    ProgressListener follower = Objects.requireNonNullElse(progress, ProgressListener.NONE);
    Run run =
        new Run(
            client,
            request,
            clock,
            follower,
            mappings.of(client.baseId()).stream().filter(request::isFor).toList(),
            first);
    follower.begins(run);
    return run;
  }

  /**
   * Begins a run: takes its client's lock.
   *
   * @throws RunActiveException when another run of the client is active
   * @throws RunInterruptedException when somebody asked it to stop
   * @throws SQLException when the database can't be asked
   */
  public void begin(Run run) throws SQLException {
    run.shared().ensureNotAskedToStop();
    if (!locks.take(run.id(), run.client().id())) {
      throw new RunActiveException(run.client());
    }
    run.shared().begin();
    beside(run);
    tell(listener -> listener.began(run));
  }

  /**
   * Makes sure that the run still holds its client's lock, and has time left.
   *
   * @throws RunFailedException when it does not
   */
  public void ensureHeld(Run run) {
    deadline.ensureLeft(run);
    run.waitsFor("PostgreSQL");
    locks.ensureHeld(run.id());
  }

  /**
   * Makes sure that the run has time left to wait for a permit, and that nobody asked it to stop.
   * Whoever has no run may wait.
   *
   * @throws RunFailedException when it has not
   * @throws RunInterruptedException when somebody asked it to stop
   */
  public void ensureInTime(@Nullable Run run) {
    if (run != null) {
      run.shared().ensureNotAskedToStop();
      deadline.ensureLeft(run);
      run.waitsFor("a permit for a request to Airtable");
    }
  }

  /**
   * Makes sure of it once more before Airtable is asked, where no lock holds: a process that stood
   * still meanwhile may have lost it, and its permit too. Whoever took no lock only reads.
   *
   * @throws RunFailedException when the run has lost its client's lock
   */
  public void ensureHeldToSend(@Nullable Run run) {
    if (run != null) {
      deadline.ensureLeft(run);
      run.waitsFor("an answer of Airtable");
    }
    locks.ensureNotLost(run == null ? null : run.id());
  }

  /**
   * Makes sure for the last time, where the request of this thread is written to its connection: no
   * more than microseconds are left in which the process could stand still unnoticed.
   *
   * @throws RunFailedException when the run may have lost its client's lock
   */
  public void ensureLeased() {
    locks.ensureLeased();
  }

  /** This thread works for a run that another thread leads: its log lines belong to it. */
  public void beside(Run run) {
    MDC.put(RUN_KEY, run.id().toString());
    MDC.put(CLIENT_KEY, run.client().baseId());
  }

  /** This thread works for no run any more. */
  public void notBeside() {
    MDC.remove(RUN_KEY);
    MDC.remove(CLIENT_KEY);
  }

  /** Gives a repair's lock back, if it holds it. */
  public void release(Run run) {
    locks.release(run.id());
    over(run);
  }

  /** Waits until no run is active, at most so long; whether none is. */
  public boolean awaitNone(Duration most) {
    return locks.awaitNone(most);
  }

  /** Enters the active runs as interrupted, for that reason: nobody waits for them any more. */
  public void cutOff(String why) {
    String ids = locks.runs().stream().map(UUID::toString).collect(Collectors.joining(","));
    JdbcClient.create(database)
        .sql(CUT_OFF)
        .param("ids", "{" + ids + "}")
        .param("why", why)
        .update();
  }

  /** Ends a run: gives its lock back and says in one line what it did. */
  public ClientOutcome end(Run run) {
    locks.release(run.id());
    log(run);
    over(run);
    if (run.outcome() != RunOutcome.MISCONFIGURED) {
      run.counts().ended(run.result());
    }
    return ClientOutcome.of(run);
  }

  @Override
  public void close() {
    locks.close();
  }

  private void over(Run run) {
    tell(listener -> listener.ended(run));
    notBeside();
  }

  private void tell(Consumer<RunListener> what) {
    for (RunListener listener : listeners) {
      try {
        what.accept(listener);
      } catch (RuntimeException | Error e) {
        // Whoever only listens ends no run, not even with a class that is missing.
        LOG.warn("a run could not be told to {}", listener.getClass().getSimpleName(), e);
      }
    }
  }

  private static void log(Run run) {
    RunResult result = run.result();
    String text =
        ("run {} of {}: {} in {} ms; pulled {} (new {}, changed {}, errors {}); pushed {},"
            + " skipped {}, conflicts {}, errors {}; {}");
    Object[] facts = {
      result.runId(),
      result.baseId(),
      result.outcomeText(run.outcome().label()),
      result.duration(),
      result.stage1().recordsProcessed(),
      result.stage1().inserted(),
      result.stage1().updated(),
      result.stage1().errorCount(),
      result.stage2().updated(),
      result.stage2().skipped(),
      result.stage2().conflicts(),
      result.stage2().errorCount(),
      Counted.of(result.airtableRequests(), "request")
    };
    if (run.outcome() == RunOutcome.SUCCEEDED) {
      LOG.info(text, facts);
    } else {
      LOG.warn(text + "; " + run.failure(), facts);
    }
  }
}
