package io.reconciler.program.init;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The files of a plan in their folder; what is there stays as it is. */
public final class InitFiles {

  private final Path folder;

  /** In this folder, which need not be there yet. */
  public InitFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * The mappings whose files are there already.
   *
   * @throws io.reconciler.side.mapping.InvalidMappingException when one is not valid
   */
  public List<Mapping> kept() throws IOException {
    return Files.isDirectory(folder) && MappingFolder.isAny(folder)
        ? MappingFolder.read(folder).inOrder()
        : List.of();
  }

  /** Where the mapping of a table stands. */
  public Path file(TablePlan plan) {
    return folder.resolve(plan.mapping().name() + ".yaml");
  }

  /** Writes what is not there; returns the new files. */
  public List<Path> write(List<TablePlan> plans) throws IOException {
    Files.createDirectories(folder);
    List<Path> written = new ArrayList<>();
    for (TablePlan plan : plans) {
      if (!plan.isKept()) {
        written.add(write(file(plan), plan.text()));
      }
    }
    String sql = TablesSql.of(plans);
    if (!sql.isEmpty()) {
      Path file = free(sql);
      if (!Files.exists(file)) {
        written.add(write(file, sql));
      }
    }
    return written;
  }

  private static Path write(Path file, String text) throws IOException {
    return Files.writeString(
        file,
        text,
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.WRITE);
  }

  /** The first of tables.sql, tables-2.sql and so on that is not there, or says the same. */
  private Path free(String sql) throws IOException {
    Path file = folder.resolve("tables.sql");
    for (int number = 2; Files.exists(file) && !Files.readString(file).equals(sql); number++) {
      file = folder.resolve("tables-" + number + ".sql");
    }
    return file;
  }
}
