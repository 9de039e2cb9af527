package io.reconciler.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>();

  private String read(String name) {
    environment.put("RECONCILER_SECRETS_DIR", directory.toString());
    return new SecretFiles(environment::get).apply(name);
  }

  @Test
  void a_variable_that_is_not_set_is_read_from_the_file_of_its_name() throws Exception {
    Files.writeString(directory.resolve("AIRTABLE_API_KEY"), " patä\n");
    assertThat(read("AIRTABLE_API_KEY")).isEqualTo(" patä");
    assertThat(read("DATABASE_URL")).isNull();
    for (String notSet : new String[] {"", " \n"}) {
      environment.put("AIRTABLE_API_KEY", notSet);
      assertThat(read("AIRTABLE_API_KEY")).isEqualTo(" patä");
    }
  }

  @Test
  void the_environment_wins_over_the_file() throws Exception {
    Files.writeString(directory.resolve("AIRTABLE_API_KEY"), "from the file");
    environment.put("AIRTABLE_API_KEY", "from the environment");
    assertThat(read("AIRTABLE_API_KEY")).isEqualTo("from the environment");
  }

  @Test
  void white_space_around_the_directory_is_ignored() throws Exception {
    Files.writeString(directory.resolve("AIRTABLE_API_KEY"), "from the file");
    environment.put("RECONCILER_SECRETS_DIR", directory + "\n");
    assertThat(new SecretFiles(environment::get).apply("AIRTABLE_API_KEY"))
        .isEqualTo("from the file");
    environment.put("RECONCILER_SECRETS_DIR", " ");
    assertThat(new SecretFiles(environment::get).apply("AIRTABLE_API_KEY")).isNull();
  }

  @Test
  void a_directory_that_is_not_there_holds_nothing() {
    environment.put("RECONCILER_SECRETS_DIR", directory.resolve("nowhere").toString());
    assertThat(new SecretFiles(environment::get).apply("AIRTABLE_API_KEY")).isNull();
  }

  @Test
  void a_file_that_is_no_text_is_refused_without_its_content() throws Exception {
    Files.write(directory.resolve("AIRTABLE_API_KEY"), new byte[] {'s', (byte) 0xff, 't'});
    assertThatThrownBy(() -> read("AIRTABLE_API_KEY"))
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e -> assertThat(e.problems()).singleElement().asString().contains("AIRTABLE_API_KEY"));
  }
}
