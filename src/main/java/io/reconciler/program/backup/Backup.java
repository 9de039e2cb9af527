package io.reconciler.program.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.settings.UsersTable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Writes the engine's own tables to a file, all as of one moment; the service may go on. */
public final class Backup {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOW =
      "select to_char(pg_catalog.now() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";

  private final DataSource database;
  private final UsersTable users;

  public Backup(DataSource database, UsersTable users) {
    this.database = database;
    this.users = users;
  }

  /**
   * Writes the file, which is there as a whole or not at all, for its owner alone; what it holds.
   *
   * @throws BackupException when the file is there already or can't be written, or the database
   *     holds nothing yet
   */
  public BackupFacts write(Path file) throws SQLException {
    if (Files.exists(file)) {
      throw new BackupException(file + " is there already; choose another name");
    }
    try {
      return writeNew(file);
    } catch (IOException e) {
      throw BackupException.unwritable(file, e);
    }
  }

  private BackupFacts writeNew(Path file) throws IOException, SQLException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try {
      Manifest manifest = writeAll(Files.createFile(part, ownersAlone(file)));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return BackupFacts.of(manifest);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Manifest writeAll(Path part) throws IOException, SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      try (ZipOutputStream zip =
          new ZipOutputStream(Files.newOutputStream(part), StandardCharsets.UTF_8)) {
        Manifest manifest = tables(connection, zip);
        zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
        zip.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
        zip.closeEntry();
        return manifest;
      } finally {
        connection.rollback();
      }
    }
  }

  private Manifest tables(Connection connection, ZipOutputStream zip)
      throws IOException, SQLException {
    String version = EngineTables.version(connection);
    if (version == null) {
      throw new BackupException(
          "the engine was never started in this database: there is nothing to back up");
    }
    CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
    List<Manifest.Table> written = new ArrayList<>();
    for (Manifest.Table table : EngineTables.list(connection, users)) {
      zip.putNextEntry(new ZipEntry(table.entry()));
      long rows = copy.copyOut("copy " + table.sql() + " to stdout", new Unclosed(zip));
      zip.closeEntry();
      written.add(new Manifest.Table(table.name(), table.columns(), rows));
    }
    String taken = Objects.requireNonNull(EngineTables.one(connection, NOW));
    return new Manifest(Manifest.FORMAT, version, taken, written);
  }

  // Notes of people and names of clients are in it.
  private static FileAttribute<?>[] ownersAlone(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Whoever writes an entry must not close the file. */
  private static final class Unclosed extends FilterOutputStream {

    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
