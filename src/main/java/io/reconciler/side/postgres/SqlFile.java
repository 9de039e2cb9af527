package io.reconciler.side.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The statements that stand in files, one each, on the class path under {@code sql/}. */
public final class SqlFile {

  private SqlFile() {}

  /**
   * The text of {@code sql/<name>.sql}.
   *
   * @throws IllegalArgumentException when there is no such file
   */
  public static String read(String name) {
    try (InputStream in = SqlFile.class.getResourceAsStream("/sql/" + name + ".sql")) {
      if (in == null) {
        throw new IllegalArgumentException("No statement sql/" + name + ".sql");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
