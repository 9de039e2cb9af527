package io.reconciler.program;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.RunActiveException;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.program.boot.Databases;
import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.Mappings;
import io.reconciler.program.boot.Setup;
import io.reconciler.settings.DatabaseUrl;
import io.reconciler.settings.Need;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The program inside another Java application, which starts its runs: a Spring Boot or Camel
 * application keeps its own context, configuration and logging, and runs go by the same routes,
 * locks and ledgers as those of the command line and the service. Safe for use by many threads.
 */
public final class EmbeddedReconciler implements AutoCloseable {

  /** As many as the service has, which reconciles as many clients at a time. */
  private static final int CONNECTIONS = 20;

  /** So long the routes and the connections may take to close once no run is waited for. */
  private static final Duration LAST = Duration.ofSeconds(4);

  private final DatabaseUrl url;
  private final HikariDataSource database;
  private final Engine engine;
  private final EmbeddedCalls calls;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedReconciler(
      DatabaseUrl url, HikariDataSource database, Engine engine, KnownClients known) {
    this.url = url;
    this.database = database;
    this.engine = engine;
    this.calls = new EmbeddedCalls(engine, known);
  }

  /**
   * Opens the database, makes what is missing in it, and starts the routes; keep it open as long as
   * runs are wanted.
   *
   * @param environment the variables of {@code docs/configuration.md}, often {@link
   *     System#getenv()}
   * @throws io.reconciler.settings.InvalidSettingsException when a variable is missing or invalid,
   *     or a table is not as it must be
   * @throws UnusableDatabaseException when PostgreSQL is not there, does not let us in, or a right
   *     is missing
   */
  public static EmbeddedReconciler open(Map<String, String> environment) {
    Objects.requireNonNull(environment, "environment");
    Settings settings = Settings.read(environment::get, Set.of(Need.DATABASE, Need.AIRTABLE));
    MappingSet mappings = Mappings.read(settings);
    DatabaseUrl url = Objects.requireNonNull(settings.database());
    return usable(url, () -> OwnThread.call("open", () -> opened(settings, mappings, url)));
  }

  private static EmbeddedReconciler opened(
      Settings settings, MappingSet mappings, DatabaseUrl url) {
    Duration wait = settings.storage().patience();
    Databases.refusePooler(url, wait);
    HikariDataSource database = Database.open(url, CONNECTIONS, wait);
    try {
      new Setup(
              settings, mappings, database, LoggerFactory.getLogger(EmbeddedReconciler.class)::info)
          .prepare();
      KnownClients known = KnownClients.read(database);
      Engine engine = Engine.embedded(settings, mappings, database, Clock.systemUTC());
      return new EmbeddedReconciler(url, database, engine, known);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Reconciles every active client, one after the other; what stops one client's run stands in its
   * result and does not stop the next. An interrupt of the calling thread ends the runs before
   * their next request to Airtable, in order, and is kept.
   *
   * @param lookbackMinutes how far back to look for changes, 1 to 1440
   * @return one outcome a client; its result is null when another run of the client was active
   * @throws IllegalArgumentException when the minutes are out of bounds
   * @throws IllegalStateException after {@link #close()}
   * @throws io.reconciler.engine.run.NoActiveClientException when there is no active client
   * @throws UnusableDatabaseException when PostgreSQL can't be asked for the clients, and never
   *     told of one
   */
  public List<ClientOutcome> reconcileRecentChanges(int lookbackMinutes) {
    return reconcile(lookbackMinutes, null);
  }

  /**
   * Reconciles one active client, as above.
   *
   * @param lookbackMinutes how far back to look for changes, 1 to 1440
   * @param baseId the client's base
   * @throws IllegalArgumentException when the minutes are out of bounds
   * @throws IllegalStateException after {@link #close()}
   * @throws io.reconciler.engine.run.NoActiveClientException when no active client has that base
   * @throws RunActiveException when another run of the client is active
   * @throws UnusableDatabaseException when PostgreSQL can't be asked for the client, and never told
   *     of it
   */
  public RunResult reconcileRecentChanges(int lookbackMinutes, String baseId) {
    Objects.requireNonNull(baseId, "baseId");
    ClientOutcome outcome = reconcile(lookbackMinutes, baseId).get(0);
    RunResult result = outcome.result();
    if (result == null) {
      throw new RunActiveException(outcome.client());
    }
    return result;
  }

  private List<ClientOutcome> reconcile(int minutes, @Nullable String baseId) {
    RunRequest request = new RunRequest(Trigger.API, "java", minutes, baseId, false, false, false);
    return usable(url, () -> calls.make(request));
  }

  private static <T> T usable(DatabaseUrl url, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw Databases.isUnusable(e) ? new UnusableDatabaseException(url, e) : e;
    }
  }

  /**
   * Ends the routes and closes the connections. Runs that are under way end before their next
   * request to Airtable and are waited for, at most 8 seconds; then they are cut off. Either way
   * their callers are given a result that says so. It takes no longer than 13 seconds, even when
   * Airtable or PostgreSQL hangs. Closing it again does nothing.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      OwnThread.call("close", this::ended);
    }
  }

  private boolean ended() {
    calls.end(engine.forRuns());
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    // A pool waits for connections that a server begins, which may hang.
    done.completeOnTimeout(false, LAST.toMillis(), TimeUnit.MILLISECONDS);
    OwnThread.start("close-engine", this::engineEnded, done);
    return OwnThread.await(done, () -> {});
  }

  private boolean engineEnded() {
    engine.close();
    database.close();
    return true;
  }
}
