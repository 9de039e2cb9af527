package io.reconciler.program.command;

import io.reconciler.cli.Backups;
import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.program.backup.Backup;
import io.reconciler.program.backup.BackupException;
import io.reconciler.program.backup.BackupFacts;
import io.reconciler.program.backup.BusyException;
import io.reconciler.program.backup.Restore;
import io.reconciler.program.boot.Databases;
import io.reconciler.program.boot.Mappings;
import io.reconciler.program.boot.Setup;
import io.reconciler.program.boot.Verbosity;
import io.reconciler.settings.Need;
import io.reconciler.settings.Settings;
import io.reconciler.settings.UsersTable;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.Migrations;
import io.reconciler.text.Counted;
import io.reconciler.text.Plain;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What {@code backup} and {@code restore} do, by the settings of an environment. */
final class BackupProgram implements Backups {

  private static final int CONNECTIONS = 4;

  private final UnaryOperator<@Nullable String> environment;

  /** Backups in this environment. */
  BackupProgram(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  @Override
  public int backup(Path file, Console console) {
    Settings settings = settings(console);
    UsersTable users = settings.storage().users();
    return on(
        settings,
        1,
        console,
        database -> {
          BackupFacts facts = new Backup(database, users).write(file);
          console.line(file + ": " + text(facts));
          return ExitCode.DONE;
        });
  }

  @Override
  public int restore(Path file, boolean force, Console console) {
    Settings settings = settings(console);
    UsersTable users = settings.storage().users();
    MappingSet mappings = Mappings.read(settings);
    int ready =
        on(
            settings,
            CONNECTIONS,
            console,
            database -> {
              Restore restore = new Restore(database, users);
              restore.ensurePossible(file, Migrations.NEWEST);
              restore.ensureOwn(file, force).ifPresent(console::complain);
              new Setup(settings, mappings, database, console::complain).migrate();
              return ExitCode.DONE;
            });
    // A pool of its own: whatever else is connected then is somebody else's.
    return ready != ExitCode.DONE
        ? ready
        : on(
            settings,
            1,
            console,
            database -> {
              console.line("restored " + text(new Restore(database, users).read(file)));
              console.line("next: reconciler sync --full --dry-run, then reconciler sync --full");
              return ExitCode.DONE;
            });
  }

  private Settings settings(Console console) {
    Verbosity.apply(console);
    return Settings.read(environment, Set.of(Need.DATABASE));
  }

  private static String text(BackupFacts facts) {
    return "%s of %s of the schema reconciler (version %s), as of %s"
        .formatted(
            Counted.of(facts.rows(), "row"),
            Counted.of(facts.tables(), "table"),
            facts.schema(),
            facts.taken());
  }

  private static int on(Settings settings, int connections, Console console, Work work) {
    return Databases.on(
        settings, connections, console, database -> reporting(console, () -> work.on(database)));
  }

  private static int reporting(Console console, Step step) {
    try {
      return step.run();
    } catch (BackupException e) {
      return failed(console, e, ExitCode.USAGE);
    } catch (BusyException e) {
      return failed(console, e, ExitCode.BUSY);
    } catch (IOException e) {
      return failed(console, e, ExitCode.FAILED);
    } catch (SQLException e) {
      return failed(console, new SQLException("PostgreSQL: " + e.getMessage(), e), ExitCode.FAILED);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static int failed(Console console, Exception e, int code) {
    if (console.verbose()) {
      e.printStackTrace(console.err());
    }
    String text = e instanceof IOException ? e.getClass().getSimpleName() + ": " : "";
    console.complain(Plain.cell(text + e.getMessage()));
    return code;
  }

  /** What is done with a database. */
  @FunctionalInterface
  private interface Work {
    int on(DataSource database) throws Exception;
  }

  /** The same with the database at hand. */
  @FunctionalInterface
  private interface Step {
    int run() throws Exception;
  }
}
