package io.reconciler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

  @Test
  void the_launcher_has_the_last_word() {
    assertThat(Terminal.isTerminal(Map.of("RECONCILER_TTY", "1")::get)).isTrue();
    assertThat(Terminal.isTerminal(Map.of("RECONCILER_TTY", "0")::get)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/pts/3, true",
    "/dev/tty1, true",
    "/dev/null, false",
    "pipe:[123], false",
    "/tmp/dev/pts/3, false",
    "/dev/pts/, false"
  })
  void a_link_to_a_terminals_device_is_a_terminal(
      String target, boolean terminal, @TempDir Path directory) throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("2"), Path.of(target));
    assertThat(Terminal.isDevice(link)).isEqualTo(terminal);
  }

  @ParameterizedTest
  @CsvSource({"pipe:[123], true", "socket:[4], true", "/dev/full, false", "/tmp/pipe:[1], false"})
  void a_link_to_a_pipe_is_one(String target, boolean pipe, @TempDir Path directory)
      throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("1"), Path.of(target));
    assertThat(Terminal.isPipe(link)).isEqualTo(pipe);
  }

  @Test
  void what_is_no_link_is_no_terminal(@TempDir Path directory) {
    assertThat(Terminal.isDevice(directory)).isFalse();
    assertThat(Terminal.isDevice(directory.resolve("missing"))).isFalse();
  }

  @Test
  void colours_are_left_out_when_asked() {
    assertThat(Terminal.hasColours(Map.of("NO_COLOR", "1")::get)).isFalse();
    assertThat(Terminal.hasColours(Map.of("TERM", "dumb")::get)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"132, 132", "40, 40", "39, 80", "0, 80", "'', 80", "wide, 80", "99999, 80"})
  void the_width_is_the_one_told_if_it_makes_sense(String told, int columns) {
    assertThat(Terminal.columns(Map.of("COLUMNS", told)::get)).isEqualTo(columns);
  }
}
