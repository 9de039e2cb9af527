package io.reconciler.engine.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinceTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "90m, 2026-03-10T10:30:00Z",
    "6h, 2026-03-10T06:00:00Z",
    "3d, 2026-03-07T12:00:00Z",
    "2w, 2026-02-24T12:00:00Z",
    "2026-03-01, 2026-03-01T00:00:00Z",
    "2026-03-01 08:15, 2026-03-01T08:15:00Z",
    "2026-03-01T08:15:30.5, 2026-03-01T08:15:30.500Z",
    "2026-03-01T08:15:30Z, 2026-03-01T08:15:30Z",
    "2026-03-01T08:15:30+02:00, 2026-03-01T06:15:30Z",
  })
  void a_while_a_day_or_a_time(String text, Instant expected) {
    assertThat(Since.parse(text, NOW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "3", "-3d", "2026-02-30", "3 d", "999999d", "10:00"})
  void anything_else_is_told_with_examples(String text) {
    assertThatThrownBy(() -> Since.parse(text, NOW))
        .isInstanceOf(BadFilterException.class)
        .hasMessageContaining("3d")
        .hasMessageContaining(text);
  }
}
