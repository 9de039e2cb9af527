package io.reconciler.program;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.engine.run.ProgressListener;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The program inside another Java application, which starts its runs: a Spring Boot or Camel
 * application keeps its own context, configuration and logging, and runs go by the same routes,
 * locks and ledgers as those of the command line and the service.
 */
public final class EmbeddedReconciler implements AutoCloseable {

  // As many as a command has: the run's, its lock's, and two to spare.
  private static final int CONNECTIONS = 4;

  private final HikariDataSource database;
  private final Engine engine;

  private EmbeddedReconciler(HikariDataSource database, Engine engine) {
    this.database = database;
    this.engine = engine;
  }

  /**
   * Opens the database, makes what is missing in it, and starts the routes; keep it open as long as
   * runs are wanted.
   *
   * @param environment the variables of {@code docs/configuration.md}, often {@link
   *     System#getenv()}
   * @throws io.reconciler.settings.InvalidSettingsException when a variable is missing or invalid,
   *     or a table is not as it must be
   */
  public static EmbeddedReconciler open(Map<String, String> environment) {
    Settings settings = Settings.read(environment::get, Set.of(Need.DATABASE, Need.AIRTABLE));
    MappingSet mappings = Mappings.read(settings);
    DatabaseUrl url = Objects.requireNonNull(settings.database());
    Duration wait = settings.storage().patience();
    Databases.refusePooler(url, wait);
    HikariDataSource database = Database.open(url, CONNECTIONS, wait);
    try {
      MappingSet fitted =
          new Setup(
                  settings,
                  mappings,
                  database,
                  LoggerFactory.getLogger(EmbeddedReconciler.class)::info)
              .prepare();
      return new EmbeddedReconciler(
          database, Engine.embedded(settings, fitted, database, Clock.systemUTC()));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Reconciles every active client, one after the other; what stops one client's run stands in its
   * result and does not stop the next.
   *
   * @param lookbackMinutes how far back to look for changes, 1 to 1440
   * @return one outcome a client; its result is null when another run of the client was active
   * @throws IllegalArgumentException when the minutes are out of bounds
   * @throws io.reconciler.engine.run.NoActiveClientException when there is no active client
   */
  public List<ClientOutcome> reconcileRecentChanges(int lookbackMinutes) {
    return engine.reconcile(request(lookbackMinutes, null), ProgressListener.NONE);
  }

  /**
   * Reconciles one active client.
   *
   * @param lookbackMinutes how far back to look for changes, 1 to 1440
   * @param baseId the client's base
   * @throws IllegalArgumentException when the minutes are out of bounds
   * @throws io.reconciler.engine.run.NoActiveClientException when no active client has that base
   * @throws RunActiveException when another run of the client is active
   */
  public RunResult reconcileRecentChanges(int lookbackMinutes, String baseId) {
    ClientOutcome outcome =
        engine.reconcile(request(lookbackMinutes, baseId), ProgressListener.NONE).get(0);
    RunResult result = outcome.result();
    if (result == null) {
      throw new RunActiveException(outcome.client());
    }
    return result;
  }

  private static RunRequest request(int minutes, @Nullable String baseId) {
    return new RunRequest(Trigger.API, "java", minutes, baseId, false, false, false);
  }

  /** Ends the routes and closes the connections; a run that is under way is waited for. */
  @Override
  public void close() {
    engine.close();
    database.close();
  }
}
