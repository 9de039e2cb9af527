package io.reconciler.side.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrationsTest {

  private static final Path FOLDER = Path.of("src", "main", "resources", "db", "migration");

  @Test
  void the_newest_migration_is_known_by_its_number() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Integer> versions =
          files
              .map(file -> file.getFileName().toString())
              .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
              .toList();

      assertThat(versions).doesNotHaveDuplicates();
      assertThat(versions.stream().max(Integer::compare))
          .contains(Integer.valueOf(Migrations.NEWEST));
    }
  }
}
