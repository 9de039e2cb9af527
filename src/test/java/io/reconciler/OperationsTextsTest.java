package io.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** What stands for something else in a documented text. */
  private static final Pattern PLACE =
      Pattern.compile(
          "[:;,\"()]|\\.\\.\\.|--\\w+|\\b(?:reconciler\\.jar|conflict|the answer|NAME|FILE|LINE|BASE|ROLE|REASON|VALUE|TYPE|PATCH|recX|[CFNVX]|\\d+|5xx"
              + "|fld)\\b");

  private static final int LEAST_LENGTH = 8;

  /** Said by PostgreSQL, the pool, the web server or Airtable, and passed on. */
  private static final List<String> OF_OTHERS =
      List.of(
          "Connection is not available, request timed out",
          "permission denied",
          "canceling statement",
          "Web server failed to start",
          "is already in use",
          "UNKNOWN_FIELD_NAME",
          "INVALID_FILTER_BY_FORMULA",
          "LIST_RECORDS_ITERATOR_NOT_AVAILABLE");

  private static final String SAID = said();

  static List<String> texts() throws IOException {
    String page = Files.readString(PAGE);
    String messages = page.substring(page.indexOf("Lines on stderr, or in `failure`"));
    List<String> texts = new ArrayList<>();
    for (String line : messages.lines().toList()) {
      if (line.startsWith("| `")) {
        TEXT.matcher(line.split(" \\| ", 2)[0]).results().forEach(text -> texts.add(text.group(1)));
      }
    }
    return texts;
  }

  @Test
  void the_page_has_texts() throws IOException {
    assertThat(texts()).hasSizeGreaterThan(80);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void a_documented_text_is_said(String text) {
    assertThat(fragments(text)).allMatch(SAID::contains);
  }

  private static List<String> fragments(String text) {
    if (OF_OTHERS.stream().anyMatch(text::contains)) {
      return List.of();
    }
    return Arrays.stream(PLACE.split(text))
        .map(String::strip)
        .filter(fragment -> fragment.length() >= LEAST_LENGTH)
        .toList();
  }

  private static String said() {
    StringBuilder said = new StringBuilder();
    try (Stream<Path> classes = Files.walk(Path.of("src/main/java"));
        Stream<Path> statements = Files.list(Path.of("src/main/resources/sql"))) {
      classes.filter(Files::isRegularFile).forEach(file -> said.append(literals(read(file))));
      statements.forEach(file -> said.append(read(file)));
      said.append(read(Path.of("src/main/sh/build.sh")));
      return said.append(read(Path.of("reconciler"))).toString();
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
}
