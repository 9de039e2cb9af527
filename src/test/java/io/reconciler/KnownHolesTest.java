package io.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * No library on the class path has a published hole with a fix, but for those that are accepted.
 */
class KnownHolesTest {

  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[\\w.]*(?:-[\\w.]+)*)\\.jar");

  @Test
  void no_library_has_a_published_hole_that_is_not_accepted() throws IOException {
    List<String> found = new ArrayList<>();
    for (Hole hole : holes()) {
      for (Library library : libraries()) {
        if (hole.accepted().isEmpty() && hole.isIn(library)) {
          found.add(library + " has " + hole.id() + ", fixed in " + hole.fixed());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void what_is_accepted_is_there_and_stands_on_the_page_about_security() throws IOException {
    String page = Files.readString(Path.of("docs", "security.md"));
    for (Hole hole : holes()) {
      if (!hole.accepted().isEmpty()) {
        assertThat(libraries()).as(hole.id() + " is gone").anyMatch(hole::isIn);
        assertThat(page).contains(hole.id(), hole.fixed());
      }
    }
    assertThat(page).contains(String.valueOf(read().get("reviewed")));
  }

  @Test
  void the_class_path_is_seen() {
    assertThat(libraries())
        .extracting(Library::artifact)
        .contains("camel-http", "tomcat-embed-core", "postgresql", "spring-core");
    assertThat(library("camel-base-engine-4.22.0.jar"))
        .isEqualTo(new Library("camel-base-engine", "4.22.0"));
    assertThat(library("thymeleaf-3.1.5.RELEASE.jar"))
        .isEqualTo(new Library("thymeleaf", "3.1.5.RELEASE"));
    Hole hole = new Hole("CVE-1", List.of("a"), "4.0.0", "4.22.1", "");
    assertThat(hole.isIn(new Library("a", "4.22.0"))).isTrue();
    assertThat(hole.isIn(new Library("a", "4.9.0"))).isTrue();
    assertThat(hole.isIn(new Library("a", "4.22.1"))).isFalse();
    assertThat(hole.isIn(new Library("a", "3.9.0"))).isFalse();
    assertThat(hole.isIn(new Library("b", "4.22.0"))).isFalse();
  }

  private static List<Library> libraries() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(classPath.split(Pattern.quote(System.getProperty("path.separator"))))
        .map(entry -> Path.of(entry).getFileName())
        .filter(Objects::nonNull)
        .map(name -> library(name.toString()))
        .filter(library -> !library.artifact().isEmpty())
        .toList();
  }

  private static Library library(String jar) {
    Matcher name = JAR.matcher(jar);
    return name.matches() ? new Library(name.group(1), name.group(2)) : new Library("", "");
  }

  private static Map<String, Object> read() throws IOException {
    try (InputStream yaml = KnownHolesTest.class.getResourceAsStream("/known-holes.yaml")) {
      return new Yaml().load(yaml);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Hole> holes() throws IOException {
    return ((List<Map<String, Object>>) read().get("holes"))
        .stream()
            .map(
                hole ->
                    new Hole(
                        String.valueOf(hole.get("id")),
                        (List<String>) hole.get("artifacts"),
                        String.valueOf(hole.get("from")),
                        String.valueOf(hole.get("fixed")),
                        String.valueOf(hole.getOrDefault("accepted", ""))))
            .toList();
  }

  /** A jar on the class path. */
  private record Library(String artifact, String version) {}

  /** A published hole. */
  private record Hole(
      String id, List<String> artifacts, String from, String fixed, String accepted) {

    boolean isIn(Library library) {
      return artifacts.contains(library.artifact())
          && compare(library.version(), from) >= 0
          && compare(library.version(), fixed) < 0;
    }

    // What follows the numbers, as RELEASE, is the same for all versions of a library.
    private static int[] numbers(String version) {
      return Stream.of(version.split("[.-]"))
          .takeWhile(part -> part.matches("\\d{1,9}"))
          .mapToInt(Integer::parseInt)
          .toArray();
    }

    private static int compare(String a, String b) {
      return Arrays.compare(numbers(a), numbers(b));
    }
  }
}
