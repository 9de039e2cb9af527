package io.reconciler.app;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.mapping.Mapping;
import io.reconciler.run.RunFailure;
import io.reconciler.settings.Settings;
import io.reconciler.store.Database;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import org.flywaydb.core.api.FlywayException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Reports a database that can't be used in one line. */
final class Databases {

  private Databases() {}

  /** The exit code of the work on the settings' database, migrated before; reports as below. */
  static int migrated(
      Settings settings,
      Mapping mapping,
      int connections,
      Console console,
      ToIntFunction<HikariDataSource> work) {
    try (HikariDataSource database =
        Database.open(Objects.requireNonNull(settings.database()), connections)) {
      return reporting(
          console,
          () -> {
            new Setup(settings, mapping, database, console.err()::println).migrate();
            return work.applyAsInt(database);
          });
    }
  }

  /** The work's exit code; 1 and one line on stderr when the database fails it. */
  static int reporting(Console console, IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (DataAccessException | TransactionException | FlywayException e) {
      if (console.verbose()) {
        e.printStackTrace(console.err());
      }
      console
          .err()
          .println(
              RunFailure.text(e)
                  + "; check DATABASE_URL, that the server runs, and the role's rights");
      return ExitCode.FAILED;
    }
  }
}
