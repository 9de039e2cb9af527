package io.reconciler.side.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a folder of mapping files, one a table, and refuses files that do not go together. */
public final class MappingFolder {

  private static final String ENDING = ".yaml";

  private MappingFolder() {}

  /**
   * The mappings of the folder's files that end in {@code .yaml}.
   *
   * @throws InvalidMappingException naming the first file and line that is wrong, and the remedy
   * @throws IOException when the folder or a file can't be read
   */
  public static MappingSet read(Path folder) throws InvalidMappingException, IOException {
    List<Located<Mapping>> mappings = new ArrayList<>();
    for (Path file : files(folder)) {
      try (InputStream yaml = Files.newInputStream(file)) {
        mappings.add(MappingFile.located(file.toString(), yaml, name(file)));
      }
    }
    if (mappings.isEmpty()) {
      throw new InvalidMappingException(
          folder.toString(), 1, "the folder holds no file that ends in .yaml; add one a table");
    }
    check(mappings);
    return new MappingSet(Located.values(mappings));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ENDING))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  /** A mapping's name: its file's, without the ending. */
  static String name(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
  }

  static void check(List<Located<Mapping>> mappings) {
    Map<String, Mapping> byName = new HashMap<>();
    mappings.forEach(mapping -> byName.put(mapping.value().name(), mapping.value()));
    distinctTables(mappings);
    for (Located<Mapping> mapping : mappings) {
      for (FieldMapping field : mapping.value().fields()) {
        LinkChecks.check(mapping, field, byName);
      }
    }
  }

  private static void distinctTables(List<Located<Mapping>> mappings) {
    Map<String, String> postgres = new HashMap<>();
    for (Located<Mapping> mapping : mappings) {
      Mapping value = mapping.value();
      String other = postgres.putIfAbsent(value.postgres().table(), value.name());
      if (other != null) {
        throw mapping
            .source()
            .error(
                mapping.source().has("postgres") ? "postgres" : "table",
                "the mapping "
                    + other
                    + " is for the PostgreSQL table "
                    + value.postgres().table()
                    + " too; a table has one mapping, name another");
      }
      String twin = twin(value, mappings);
      if (twin != null) {
        throw mapping
            .source()
            .error(
                "table",
                "the mapping "
                    + twin
                    + " is for the Airtable table \""
                    + value.table()
                    + "\" too; put the fields of both into one");
      }
    }
  }

  /** An earlier mapping of the same table in a base that both are for. */
  private static @Nullable String twin(Mapping mapping, List<Located<Mapping>> mappings) {
    return mappings.stream()
        .map(Located::value)
        .takeWhile(other -> other != mapping)
        .filter(other -> other.table().equals(mapping.table()))
        .filter(
            other ->
                other.base() == null
                    || mapping.base() == null
                    || other.base().equals(mapping.base()))
        .map(Mapping::name)
        .findFirst()
        .orElse(null);
  }
}
