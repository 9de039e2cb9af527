package io.reconciler.settings;

import io.reconciler.text.Plain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Variables that containers mount as files: the value of one that is not set is the text of the
 * file of the same name in a directory, {@code RECONCILER_SECRETS_DIR} or {@code /run/secrets}.
 */
public final class SecretFiles implements UnaryOperator<@Nullable String> {

  private static final String DIRECTORY = "RECONCILER_SECRETS_DIR";
  private static final String USUAL = "/run/secrets";
  private static final long LONGEST = 65_536;

  private final UnaryOperator<@Nullable String> environment;

  /** The environment, and behind it the files. */
  public SecretFiles(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  /**
   * The variable's value, null when it is set nowhere.
   *
   * @throws InvalidSettingsException when its file is there and can't be read
   */
  @Override
  public @Nullable String apply(@Nullable String name) {
    String value = environment.apply(name);
    if (value != null && !value.isBlank()) {
      return value;
    }
    return name == null ? null : read(name);
  }

  /** That the directory which is set is none, as words to be added; empty when there is nothing. */
  static String absence(UnaryOperator<@Nullable String> lookup) {
    String given = lookup.apply(DIRECTORY);
    if (given == null || given.isBlank()) {
      return "";
    }
    try {
      if (Files.isDirectory(Path.of(given.strip()))) {
        return "";
      }
    } catch (InvalidPathException e) {
      // What can't be the name of a directory is that of none.
    }
    return "; %s names %s, which is no directory".formatted(DIRECTORY, Plain.cell(given.strip()));
  }

  private @Nullable String read(String name) {
    String given = environment.apply(DIRECTORY);
    try {
      Path file = Path.of(given == null || given.isBlank() ? USUAL : given.strip()).resolve(name);
      if (Files.isDirectory(file)) {
        throw refused(name, "is a directory: was it mounted before there was a file?");
      }
      if (Files.isSymbolicLink(file) && !Files.exists(file)) {
        throw refused(name, "is a link to what is not there");
      }
      if (!Files.isRegularFile(file)) {
        return null;
      }
      if (Files.size(file) > LONGEST) {
        throw refused(name, "is longer than " + LONGEST + " bytes");
      }
      // Editors and echo end a file with a line break that is no part of the secret.
      return Files.readString(file).replaceFirst("(\r?\n)+\\z", "");
    } catch (IOException e) {
      throw refused(name, "can't be read as UTF-8 text");
    } catch (InvalidPathException e) {
      throw refused(name, "has no valid name; " + DIRECTORY + " must be a directory");
    }
  }

  private static InvalidSettingsException refused(String name, String reason) {
    return new InvalidSettingsException(List.of("the file of the secret " + name + " " + reason));
  }
}
