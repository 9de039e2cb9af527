package io.reconciler.program.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other users of the machine: they neither plant programs nor read along. */
class DemoPostgresTest {

  @TempDir private Path directory;

  private Path find() throws IOException {
    return PrivateFolder.find(Map.of("XDG_CACHE_HOME", directory.toString())::get);
  }

  @Test
  void without_its_password_nobody_gets_in() throws Exception {
    try (DemoPostgres postgres = DemoPostgres.start(find())) {
      String password = postgres.url().replaceAll(".*:([0-9a-f]{32})@.*", "$1");
      String jdbc = "jdbc:postgresql://127.0.0.1:" + postgres.server().getPort() + "/postgres";
      DriverManager.getConnection(jdbc, "postgres", password).close();
      for (String guess : new String[] {"", "postgres"}) {
        assertThatThrownBy(() -> DriverManager.getConnection(jdbc, "postgres", guess))
            .hasMessageContaining("password");
      }
      try (var files = Files.list(directory.resolve("reconciler"))) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .noneMatch(name -> name.startsWith("password"));
      }
    }
  }

  @Test
  void the_folder_is_made_for_its_owner_alone_and_used_again() throws IOException {
    Path folder = find();
    assertThat(folder).isEqualTo(directory.resolve("reconciler"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(find()).isEqualTo(folder);
  }

  @Test
  void a_folder_that_others_can_write_to_is_not_trusted() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("reconciler"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertOther(folder);
  }

  @Test
  void nor_is_a_link_to_one_nor_one_that_others_could_put_another_in_place_of() throws IOException {
    Path target = Files.createDirectory(directory.resolve("target"));
    Path link = Files.createSymbolicLink(directory.resolve("reconciler"), target);
    assertOther(link);
    Files.delete(link);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertOther(directory.resolve("reconciler"));
  }

  private void assertOther(Path folder) throws IOException {
    Path found = find();
    assertThat(found).isNotEqualTo(folder);
    assertThat(PrivateFolder.isPrivate(found)).isTrue();
    Files.delete(found);
  }
}
