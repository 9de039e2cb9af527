package io.reconciler.program.backup;

import io.reconciler.settings.UsersTable;
import io.reconciler.side.postgres.SqlFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Brings the engine's own tables back from a file: all of them or, should anything fail, none. */
public final class Restore {

  private static final String OTHERS = SqlFile.read("other-sessions");
  private static final String PAUSE = "select pg_sleep(0.1)";
  private static final int LOOKS = 10;
  private static final String DOUBT = SqlFile.read("doubt-restored");

  private final DataSource database;
  private final UsersTable users;

  /** Restores into this database. */
  public Restore(DataSource database, UsersTable users) {
    this.database = database;
    this.users = users;
  }

  /**
   * Makes sure that nothing stands in the way; changes nothing.
   *
   * @param newest the newest migration that this version knows
   * @throws BusyException when the service or a command is connected
   * @throws BackupException when the file, or the database, is of a newer version, or is no backup
   */
  public void ensurePossible(Path file, String newest) throws Exception {
    try (BackupFile backup = BackupFile.open(file);
        Connection connection = database.getConnection()) {
      refuseNewer(file + " was written", backup.manifest().schema(), newest, "");
      refuseNewer(
          "the database was last used",
          EngineTables.version(connection),
          newest,
          ", or remove the schema (drop schema reconciler cascade) for the backup to fill anew");
      letOthersGo(connection);
      refuseOthers(connection);
    }
  }

  /**
   * Makes sure that the backup is of this database, by the clients that both have; changes nothing.
   *
   * @param force whether one of another database is wanted all the same
   * @return what is to be said of it
   * @throws BackupException when it is of another database, or is damaged
   */
  public Optional<String> ensureOwn(Path file, boolean force) throws Exception {
    try (BackupFile backup = BackupFile.open(file);
        Connection connection = database.getConnection()) {
      Owners owners = OwnersLook.at(backup, connection);
      if (owners.areOthers() && !force) {
        throw new BackupException(
            "%s is of another database: %s; set DATABASE_URL to its own, or add --force to lose what the engine knows of these"
                .formatted(file, owners.bothSides()));
      }
      return owners.here().isEmpty() || owners.missing().isEmpty()
          ? Optional.empty()
          : Optional.of(
              "%s holds rows of clients that this database does not have: %s; they mean nothing here"
                  .formatted(file, Owners.names(owners.missing())));
    }
  }

  /**
   * Replaces what the tables hold, and has the next run look at what both sides may have agreed on
   * since. The schema has to be of this version.
   *
   * @throws BusyException when the service or a command is connected
   * @throws BackupException when the file is damaged
   */
  public BackupFacts read(Path file) throws Exception {
    try (BackupFile backup = BackupFile.open(file);
        Connection connection = database.getConnection()) {
      letOthersGo(connection);
      connection.setAutoCommit(false);
      try {
        replace(backup, connection);
        connection.commit();
      } catch (Exception e) {
        connection.rollback();
        throw e;
      }
      return BackupFacts.of(backup.manifest());
    }
  }

  private void replace(BackupFile backup, Connection connection) throws Exception {
    List<Manifest.Table> present = EngineTables.list(connection, users);
    empty(connection, present);
    // Whoever connected meanwhile waits for these tables, and would go on with what it knew.
    refuseOthers(connection);
    CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
    for (Manifest.Table table : backup.manifest().tables()) {
      ensureKnown(table, present, backup.manifest().schema());
      backup.read(table, rows -> copy.copyIn("copy " + table.sql() + " from stdin", rows));
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(DOUBT);
    }
  }

  // Only names that the database itself gave are ever put into a statement.
  private static void ensureKnown(
      Manifest.Table table, List<Manifest.Table> present, String schema) {
    boolean known =
        present.stream()
            .filter(other -> other.name().equals(table.name()))
            .anyMatch(other -> other.columns().containsAll(table.columns()));
    if (!known) {
      throw new BackupException(
          "this version has no place for the table %s of the backup: restore it with the version that wrote it (schema %s), then upgrade"
              .formatted(table.name(), schema));
    }
  }

  private static void empty(Connection connection, List<Manifest.Table> tables)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "truncate "
              + tables.stream()
                  .map(table -> "reconciler." + table.name())
                  .collect(Collectors.joining(", ")));
    }
  }

  private static void refuseOthers(Connection connection) throws SQLException {
    String others = EngineTables.one(connection, OTHERS);
    if (others != null) {
      throw new BusyException(
          "something of reconciler's is connected to this database (backend "
              + others
              + "): stop the service, wait for commands to end, and try again");
    }
  }

  // Sessions of our own that were just closed are seen for a moment longer.
  private static void letOthersGo(Connection connection) throws SQLException {
    for (int look = 0; look < LOOKS && EngineTables.one(connection, OTHERS) != null; look++) {
      EngineTables.one(connection, PAUSE);
    }
  }

  private static void refuseNewer(
      String what, @Nullable String version, String newest, String otherwise) {
    if (version != null && number(version) > number(newest)) {
      throw new BackupException(
          "%s by a newer version (schema %s, this one knows %s): use that version%s"
              .formatted(what, version, newest, otherwise));
    }
  }

  private static double number(String version) {
    try {
      return Double.parseDouble(version);
    } catch (NumberFormatException e) {
      return Double.MAX_VALUE;
    }
  }
}
