package io.reconciler.app;

import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.run.RunFailure;
import java.util.function.IntSupplier;
import org.flywaydb.core.api.FlywayException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Reports a database that can't be used in one line. */
final class Databases {

  private Databases() {}

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
