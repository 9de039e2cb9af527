package io.reconciler.decide;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a text of the portal brings back what Airtable took away. */
class RevivedLinesTest {

  @ParameterizedTest(name = "written {0}, left {1}, agreed {2}, now {3}: {4}")
  @CsvSource(
      delimiter = ';',
      nullValues = "~",
      value = {
        "a/b; a; a; a/b; true",
        "a/b; a; a; a/b/c; true",
        "a/b; ~; ~; a/b/c; true",
        "a/b; a; a;  b /c; true",
        "a/a; a; a; a/a; true",
        "a/b; a/b; a/b; a/b/c; false",
        "a/b; a; a; a/c; false",
        "a; a; a; a/a; false",
        "a//b; a/b; a/b; a//b; false",
        "~; a; a; a/b; false",
        "a; ~; ~; ~; false",
        "a/b; a; a/b; a/b; false",
        "a; a; ~; a/b; false",
        "a/b; a/b; a; a/b/c; false",
        "a/b; a; ~; a/b; true"
      })
  void a_line_that_was_written_and_taken_away_is_back(
      @Nullable String written,
      @Nullable String left,
      @Nullable String agreed,
      @Nullable String now,
      boolean revived) {
    assertThat(MergeLines.revives(lines(written), lines(left), lines(agreed), lines(now)))
        .isEqualTo(revived);
  }

  private static @Nullable String lines(@Nullable String text) {
    return text == null ? null : text.replace("/", "\n");
  }
}
