package io.reconciler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "45, 45", "20m, 20", "6h, 360", "24h, 1440", "1440, 1440", "007, 7"})
  void a_window_is_minutes_or_hours(String text, int minutes) {
    assertThat(Window.minutes(text)).isEqualTo(minutes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0h", "1441", "1441m", "25h", "-5", "-1h", "99999999999999999999h"})
  void a_window_out_of_bounds_names_the_bounds(String text) {
    assertThatThrownBy(() -> Window.minutes(text))
        .hasMessage("lookbackMinutes must be between 1 and 1440 (given: " + text + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "h", "6 h", "6H", "1.5h", "+5", "1d", "٤٥", "20mm", "1h30m"})
  void a_window_that_cannot_be_read_names_an_example(String text) {
    assertThatThrownBy(() -> Window.minutes(text)).hasMessageContaining("45, 20m or 6h");
  }
}
