package io.reconciler.program.boot;

import io.reconciler.settings.InvalidSettingsException;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.InvalidMappingException;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFile;
import io.reconciler.side.mapping.MappingFolder;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.text.Nearest;
import io.reconciler.text.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Reads the mapping that the settings name, else the one that comes with the program. */
public final class Mappings {

  private static final String OWN = "mapping/leads.yaml";

  private Mappings() {}

  /**
   * The mappings, a single one with the table and the modification field of the settings where they
   * are set.
   *
   * @throws InvalidSettingsException when a file is not a valid mapping; names file and line
   */
  public static MappingSet read(Settings settings) {
    Path place = settings.mapping();
    String name = place == null ? OWN : place.toString();
    try {
      if (place != null && Files.isDirectory(place)) {
        return folder(settings, place);
      }
      try (InputStream in = place == null ? own() : Files.newInputStream(place)) {
        Mapping read = MappingFile.read(name, in);
        Mapping mapping = place == null ? read.withoutPlaces() : read;
        return MappingSet.of(
            mapping.in(
                Objects.requireNonNullElse(settings.table(), mapping.table()),
                Objects.requireNonNullElse(
                    settings.lastModifiedField(), mapping.lastModifiedField())));
      }
    } catch (InvalidMappingException e) {
      throw new InvalidSettingsException(List.of(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw new UncheckedIOException("the mapping " + name + " can't be read", e);
    }
  }

  /**
   * Makes sure that these are names of mappings.
   *
   * @throws InvalidSettingsException when one is not
   */
  public static void ensureNamed(List<String> tables, MappingSet mappings) {
    for (String table : tables) {
      if (mappings.named(table).isEmpty()) {
        throw new InvalidSettingsException(
            List.of(
                "--table: there is no mapping \"%s\"%s; use one of %s"
                    .formatted(
                        Plain.cell(table),
                        Nearest.meant(table, mappings.names()),
                        String.join(", ", mappings.names()))));
      }
    }
  }

  private static MappingSet folder(Settings settings, Path folder) throws IOException {
    if (settings.table() != null || settings.lastModifiedField() != null) {
      throw new InvalidSettingsException(
          List.of(
              "AIRTABLE_TABLE and AIRTABLE_LAST_MODIFIED_FIELD are for a single mapping, and"
                  + " RECONCILER_MAPPING is a folder: name table and last_modified_field in its"
                  + " files"));
    }
    return MappingFolder.read(folder);
  }

  private static InputStream own() {
    return Objects.requireNonNull(Mappings.class.getResourceAsStream("/" + OWN), OWN);
  }
}
