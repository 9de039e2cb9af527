package io.reconciler.side.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a folder of mapping files, one a table, and refuses files that do not go together. */
public final class MappingFolder {

  private static final String ENDING = ".yaml";
  private static final Pattern MEANT = Pattern.compile("(?i).*\\.ya?ml");

  private MappingFolder() {}

  /**
   * The mappings of the folder's files that end in {@code .yaml}; one that ends nearly so is
   * refused.
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

  /** Whether there is a mapping in the folder, or what is meant to be one. */
  public static boolean isAny(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(MappingFolder::isMeant);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> meant;
    try (Stream<Path> files = Files.list(folder)) {
      meant = files.filter(MappingFolder::isMeant).sorted().toList();
    }
    for (Path file : meant) {
      ensureRead(file);
    }
    return meant;
  }

  private static boolean isMeant(Path file) {
    return MEANT.matcher(file.getFileName().toString()).matches() && Files.isRegularFile(file);
  }

  // Its table would stand still without a word.
  private static void ensureRead(Path file) {
    String remedy = misnamed(file);
    if (remedy != null) {
      throw new InvalidMappingException(
          file.toString(), 1, remedy + ", or move it out of the folder");
    }
  }

  /** What to call a file whose name ends nearly as a mapping's does; null for any other. */
  static @Nullable String misnamed(Path file) {
    String name = file.getFileName().toString();
    return MEANT.matcher(name).matches() && !name.endsWith(ENDING)
        ? "the name of a mapping's file ends in .yaml, in small letters; call this one %s%s"
            .formatted(name.substring(0, name.lastIndexOf('.')), ENDING)
        : null;
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
