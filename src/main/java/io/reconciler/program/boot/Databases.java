package io.reconciler.program.boot;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.engine.failure.FailureText;
import io.reconciler.settings.DatabaseUrl;
import io.reconciler.settings.InvalidSettingsException;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.Database;
import io.reconciler.side.postgres.Pooler;
import io.reconciler.side.postgres.RefusedWrite;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;
import org.flywaydb.core.api.FlywayException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Reports a database that can't be used in one line. */
public final class Databases {

  private Databases() {}

  /** The exit code of the work on the settings' database, migrated before; reports as below. */
  public static int migrated(
      Settings settings,
      MappingSet mappings,
      int connections,
      Console console,
      ToIntFunction<HikariDataSource> work) {
    return on(
        settings,
        connections,
        console,
        database -> {
          new Setup(settings, mappings, database, console::complain).migrate();
          return work.applyAsInt(database);
        });
  }

  /** The same, not migrated. */
  public static int on(
      Settings settings, int connections, Console console, ToIntFunction<HikariDataSource> work) {
    DatabaseUrl url = Objects.requireNonNull(settings.database());
    Duration wait = settings.storage().patience();
    return reporting(
        console,
        () -> {
          refusePooler(url, wait);
          try (HikariDataSource database = Database.open(url, connections, wait)) {
            return work.applyAsInt(database);
          }
        });
  }

  /**
   * The same, where the database is made ready on a thread of its own from when the work says,
   * which waits for it when it needs it.
   */
  public static int beside(
      Settings settings,
      int connections,
      Console console,
      Consumer<HikariDataSource> preparation,
      ToIntBiFunction<HikariDataSource, Preparation> work) {
    DatabaseUrl url = Objects.requireNonNull(settings.database());
    Duration wait = settings.storage().patience();
    return reporting(
        console,
        () -> {
          try (HikariDataSource database = Database.open(url, connections, wait);
              Preparation ready =
                  new Preparation(
                      "database",
                      () -> {
                        refusePooler(url, wait);
                        preparation.accept(database);
                      })) {
            return work.applyAsInt(database, ready);
          }
        });
  }

  /**
   * Makes sure that connections stay ours.
   *
   * @throws InvalidSettingsException when a pooler shares them out
   */
  public static void refusePooler(DatabaseUrl url, Duration wait) {
    Pooler.problem(url, wait)
        .ifPresent(
            problem -> {
              throw new InvalidSettingsException(List.of(problem));
            });
  }

  /** The work's exit code; 1 and one line on stderr when the database fails it. */
  public static int reporting(Console console, IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (DataAccessException | TransactionException | FlywayException e) {
      if (console.verbose()) {
        e.printStackTrace(console.err());
      }
      console.complain(sentence(e));
      return ExitCode.FAILED;
    }
  }

  /** Whether it is the database that can't be used. */
  public static boolean isUnusable(Throwable failure) {
    return failure instanceof DataAccessException
        || failure instanceof TransactionException
        || failure instanceof FlywayException;
  }

  /** Why it can't be used and what to look at, in one line without a secret. */
  public static String sentence(Throwable failure) {
    String reason = FailureText.of(failure).replaceFirst("\\.$", "");
    return RefusedWrite.of(failure).filter(RefusedWrite::isAboutTable).isPresent()
        // It answers well, and what is to be done is said already.
        ? reason
        : reason + "; check DATABASE_URL, that the server runs, and the role's rights";
  }
}
