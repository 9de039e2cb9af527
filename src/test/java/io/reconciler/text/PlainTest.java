package io.reconciler.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that steers a terminal gets through; all that is written does. */
class PlainTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 7, 8, 0x0B, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9B, 0x9F, 0xAD, 0x061C, 0x200B, 0x200E,
        0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2066, 0x2069, 0xFEFF, 0xFFF9, 0xE0001
      })
  void a_character_that_steers_is_spelled_out(int point) {
    String text = "a" + Character.toString(point) + "b";

    for (String shown : new String[] {Plain.line(text), Plain.lines(text), Plain.line(text, 80)}) {
      assertThat(shown).startsWith("a\\u").endsWith("b").matches("[ -~]+");
    }
    assertThat(Plain.cell(text).codePoints()).noneMatch(Plain::steers);
  }

  @Test
  void breaks_are_spelled_out_in_a_line_blank_in_a_cell_and_kept_in_a_text_of_lines() {
    String text = "one\r\ntwo\n\tthree\u2028four";

    assertThat(Plain.line(text)).isEqualTo("one\\r\\ntwo\\n\\tthree\\u2028four");
    assertThat(Plain.cell(text)).isEqualTo("one two three four");
    assertThat(Plain.lines("one\rtwo")).isEqualTo("one\\rtwo");
    assertThat(Plain.lines(text)).isEqualTo("one\r\ntwo\n\tthree\\u2028four");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Zoë", "日本", "👩‍💻", "می‌خواهم", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "a\\nb", "שלום", ""})
  void what_people_write_stays_as_it_is(String text) {
    assertThat(Plain.line(text)).isEqualTo(text);
    assertThat(Plain.lines(text)).isEqualTo(text);
  }

  @Test
  void half_of_a_pair_is_spelled_out() {
    assertThat(Plain.line("a\ud83d")).isEqualTo("a\\ud83d");
    assertThat(Plain.line("\ude00b")).isEqualTo("\\ude00b");
  }

  @Test
  void a_long_text_is_cut_and_never_in_the_middle_of_a_character() {
    assertThat(Plain.line("x".repeat(10), 10)).isEqualTo("x".repeat(10));
    assertThat(Plain.line("x".repeat(11), 10)).isEqualTo("x".repeat(9) + "…");
    assertThat(Plain.line("x".repeat(8) + "😀😀", 10)).isEqualTo("x".repeat(8) + "…");
    assertThat(Plain.line("\u001b".repeat(200_000), 100)).hasSizeLessThanOrEqualTo(100);
    assertThat(Plain.line(null, 10)).isEmpty();
  }
}
