package io.reconciler.program.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A backup that is read. */
final class BackupFile implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private final ZipFile zip;
  private final Manifest manifest;

  private BackupFile(Path path, ZipFile zip, Manifest manifest) {
    this.path = path;
    this.zip = zip;
    this.manifest = manifest;
  }

  /** What is done with the rows of a table. */
  @FunctionalInterface
  interface Reader {
    /** Reads them all; how many they were. */
    long read(InputStream rows) throws Exception;
  }

  /**
   * Opens the file.
   *
   * @throws BackupException when it is none, can't be read, or is of a form that this version does
   *     not know
   */
  static BackupFile open(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new BackupException("there is no file " + path);
    }
    ZipFile zip = zip(path);
    try {
      Manifest manifest = manifest(path, zip);
      if (manifest.format() != Manifest.FORMAT) {
        throw new BackupException(
            "%s has a form (%d) that this version does not know; use the version that wrote it"
                .formatted(path, manifest.format()));
      }
      return new BackupFile(path, zip, manifest);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static ZipFile zip(Path path) {
    if (Files.isDirectory(path) || !Files.isReadable(path)) {
      throw BackupException.unreadable(path, Files.isDirectory(path));
    }
    try {
      return new ZipFile(path.toFile());
    } catch (ZipException e) {
      throw noBackup(path);
    } catch (IOException e) {
      throw BackupException.unreadable(path, e);
    }
  }

  Manifest manifest() {
    return manifest;
  }

  /**
   * Gives a table's rows to the reader.
   *
   * @throws BackupException when they are not those that were written
   */
  void read(Manifest.Table table, Reader reader) throws Exception {
    ZipEntry entry = zip.getEntry(table.entry());
    if (entry == null) {
      throw damaged(table);
    }
    try (CheckedInputStream rows = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      long read = reader.read(rows);
      rows.skip(Long.MAX_VALUE);
      if (read != table.rows() || rows.getChecksum().getValue() != entry.getCrc()) {
        throw damaged(table);
      }
    } catch (ZipException e) {
      throw damaged(table);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private BackupException damaged(Manifest.Table table) {
    return new BackupException(
        path + " is damaged: the rows of " + table.name() + " are not those that were written");
  }

  private static Manifest manifest(Path path, ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(Manifest.ENTRY);
    if (entry == null) {
      throw noBackup(path);
    }
    try (InputStream json = zip.getInputStream(entry)) {
      Manifest manifest = JSON.readValue(json, Manifest.class);
      if (manifest.schema() == null || manifest.tables() == null) {
        throw noBackup(path);
      }
      return manifest;
    } catch (JsonProcessingException e) {
      throw noBackup(path);
    }
  }

  private static BackupException noBackup(Path path) {
    return new BackupException(path + " is no backup of reconciler's, or not all of one");
  }
}
