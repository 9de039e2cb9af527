package io.reconciler.program.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.cli.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoggedLinesTest {

  @Test
  void each_line_is_one_entry_of_the_log() {
    List<String> lines = new ArrayList<>();
    PrintStream out = new PrintStream(new LoggedLines(lines::add), true, StandardCharsets.UTF_8);

    out.println("serving: page http://127.0.0.1 – 1");
    out.printf("two%n%nthree");
    out.println();

    assertThat(lines).containsExactly("serving: page http://127.0.0.1 – 1", "two", "three");
  }

  @Test
  void what_serve_says_goes_to_the_log_where_that_is_json_and_to_the_console_elsewhere() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(new ByteArrayOutputStream()), new PrintStream(err), false, false);
    List<String> lines = new ArrayList<>();

    LogFormat.console(console, "json", lines::add).err().println("waiting for the database");
    LogFormat.console(console, "text", lines::add).err().println("serving");

    assertThat(lines).containsExactly("waiting for the database");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("serving\n");
  }
}
