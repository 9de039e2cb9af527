package io.reconciler.app;

import io.reconciler.mapping.InvalidMappingException;
import io.reconciler.mapping.Mapping;
import io.reconciler.mapping.MappingFile;
import io.reconciler.settings.InvalidSettingsException;
import io.reconciler.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Reads the mapping that the settings name, else the one that comes with the program. */
final class Mappings {

  private static final String OWN = "mapping/leads.yaml";

  private Mappings() {}

  /**
   * The mapping, with the table and the modification field of the settings where they are set.
   *
   * @throws InvalidSettingsException when the file is not a valid mapping; names file and line
   */
  static Mapping read(Settings settings) {
    Path file = settings.mapping();
    String name = file == null ? OWN : file.toString();
    try (InputStream in = file == null ? own() : Files.newInputStream(file)) {
      Mapping mapping = MappingFile.read(name, in);
      return mapping.in(
          Objects.requireNonNullElse(settings.table(), mapping.table()),
          Objects.requireNonNullElse(settings.lastModifiedField(), mapping.lastModifiedField()));
    } catch (InvalidMappingException e) {
      throw new InvalidSettingsException(List.of(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw new UncheckedIOException("the mapping " + name + " can't be read", e);
    }
  }

  private static InputStream own() {
    return Objects.requireNonNull(Mappings.class.getResourceAsStream("/" + OWN), OWN);
  }
}
