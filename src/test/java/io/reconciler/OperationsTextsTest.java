package io.reconciler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reconciler.side.mapping.MappingFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The texts that the operations page explains are those that the program says: whoever looks one up
 * finds it, and a text that is changed is changed there too.
 */
class OperationsTextsTest {

  private static final Path PAGE = Path.of("docs", "operations.md");
  private static final Pattern TEXT = Pattern.compile("`([^`]+)`");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");

  /** What is wrong with a filter; the option's name is put before it. */
  private static final Pattern FILTER =
      Pattern.compile("BadFilterException\\(\\s*\"(\\w+)\",\\s*\"([^\"]+)");

  /** What stands for something else in a documented text. */
  private static final Pattern PLACE =
      Pattern.compile(
          "[:;,\"()]|\\.\\.\\.|--group\\b|\\b(?:reconciler\\.jar|conflict|the answer|a number|text"
              + "|NAME|FILE|LINE|BASE|ROLE|REASON|VALUE|TYPE|PATCH|rec[XY]|[CFMNVX]|\\d+|5xx|fld)\\b");

  private static final int LEAST_LENGTH = 4;

  /** Nothing but places: how these begin is held by a test of their own. */
  private static final Set<String> ONLY_PLACES = Set.of("FILE:LINE: ...", "FILE:LINE");

  /** Said by PostgreSQL, the pool, the web server or Airtable, and passed on. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "reconciler - Connection is not available",
          "request timed out",
          "permission denied for database",
          "permission denied for schema",
          "permission denied for table users",
          "canceling statement due to statement timeout",
          "canceling statement due to lock timeout",
          "Web server failed to start. Port",
          "was already in use.",
          "is already in use");

  private static final String SAID = said();

  static List<String> texts() throws IOException {
    String page = Files.readString(PAGE);
    String messages = page.substring(page.indexOf("Lines on stderr, or in `failure`"));
    List<String> texts = new ArrayList<>();
    for (String line : messages.lines().toList()) {
      if (line.startsWith("| `")) {
        String[] cells = line.split(" \\| ", 2);
        quoted(cells[0]).forEach(texts::add);
        texts.addAll(parts(cells[1]));
      }
    }
    return texts;
  }

  /** What the explanation quotes of a text: how it goes on, or the reasons that it may give. */
  private static List<String> parts(String explanation) {
    int reasons = explanation.indexOf("Reasons: ");
    return reasons < 0
        ? quoted(explanation).filter(text -> text.matches("[;,] .*")).toList()
        : quoted(explanation.substring(reasons)).toList();
  }

  private static Stream<String> quoted(String cell) {
    return TEXT.matcher(cell).results().map(text -> text.group(1));
  }

  @Test
  void the_page_has_texts() throws IOException {
    assertThat(texts()).hasSizeGreaterThan(80);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void a_documented_text_is_said(String text) {
    List<String> fragments = fragments(text);

    assertThat(fragments.isEmpty()).isEqualTo(ONLY_PLACES.contains(text));
    assertThat(fragments)
        .allMatch(fragment -> SAID.contains(fragment) || OF_OTHERS.contains(fragment));
  }

  @Test
  void what_is_wrong_in_a_mapping_begins_with_its_file_and_line() {
    assertThatThrownBy(
            () ->
                MappingFile.read(
                    "items.yaml",
                    new ByteArrayInputStream("table: Items\nfeilds: []".getBytes(UTF_8))))
        .hasMessageMatching("items\\.yaml:\\d+: .+");
  }

  private static List<String> fragments(String text) {
    return Arrays.stream(PLACE.split(text))
        .map(String::strip)
        .filter(fragment -> fragment.length() >= LEAST_LENGTH)
        .toList();
  }

  private static String said() {
    StringBuilder said = new StringBuilder();
    try (Stream<Path> classes = Files.walk(Path.of("src/main/java"));
        Stream<Path> statements = Files.list(Path.of("src/main/resources/sql"))) {
      classes
          .filter(Files::isRegularFile)
          .map(OperationsTextsTest::read)
          .forEach(source -> said.append(literals(source)).append(filters(source)));
      statements.forEach(file -> said.append(read(file)));
      said.append(read(Path.of("src/main/sh/build.sh")));
      said.append(read(Path.of("reconciler")));
      // On the page a text is in backticks, which can't hold others.
      return said.toString().replace("`", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The literals of a class; those that are put together are one. */
  private static StringBuilder literals(String source) {
    StringBuilder said = new StringBuilder();
    Matcher literal = LITERAL.matcher(source);
    int end = 0;
    while (literal.find()) {
      boolean together = source.substring(end, literal.start()).strip().equals("+");
      said.append(together ? "" : "\n").append(literal.group(1).replace("\\\"", "\""));
      end = literal.end();
    }
    return said;
  }

  private static String filters(String source) {
    return FILTER
        .matcher(source)
        .results()
        .map(filter -> "\n--" + filter.group(1) + ' ' + filter.group(2))
        .collect(Collectors.joining());
  }
}
