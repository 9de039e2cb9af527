package io.reconciler.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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

  @Test
  void what_can_not_be_the_file_of_a_secret_is_named() throws Exception {
    Files.createDirectory(directory.resolve("DATABASE_URL"));
    Files.createSymbolicLink(directory.resolve("AIRTABLE_API_KEY"), Path.of("nowhere"));
    assertThatThrownBy(() -> read("DATABASE_URL"))
        .hasMessageContaining("the file of the secret DATABASE_URL is a directory");
    assertThatThrownBy(() -> read("AIRTABLE_API_KEY"))
        .hasMessageContaining(
            "the file of the secret AIRTABLE_API_KEY is a link to what is not there");
  }

  @Test
  void a_directory_that_is_not_there_is_named_with_what_is_missing() {
    Path absent = directory.resolve("nosuch");
    environment.put("RECONCILER_SECRETS_DIR", absent.toString());
    assertThatThrownBy(() -> settings())
        .hasMessageContaining("DATABASE_URL is missing")
        .hasMessageContaining("RECONCILER_SECRETS_DIR names " + absent + ", which is no directory");
    environment.put("RECONCILER_SECRETS_DIR", directory.toString());
    assertThatThrownBy(() -> settings())
        .hasMessageContaining("DATABASE_URL is missing")
        .hasMessageNotContaining("no directory");
  }

  private Settings settings() {
    return Settings.read(new SecretFiles(environment::get), Set.of(Need.DATABASE));
  }
}
