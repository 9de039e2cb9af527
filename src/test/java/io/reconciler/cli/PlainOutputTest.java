package io.reconciler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Nothing that a command writes steers the terminal, whatever a value holds. */
class PlainOutputTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void values_show_what_would_steer() {
    Console console = console(false);

    console.out().println("note: \u001b[2J\u009b31m\u202e\u2028 Zoë 👩‍💻");
    console.out().printf("%s\t%s%n", "a", "b\u0007");
    console.err().print("\u001b[31mred");

    assertThat(written())
        .isEqualTo(
            "note: \\u001b[2J\\u009b31m\\u202e\\u2028 Zoë 👩‍💻\na\tb\\u0007\n\\u001b[31mred");
  }

  @Test
  void our_own_colours_pass_where_there_are_colours() {
    console(true).out().println("\u001b[32mOK\u001b[0m \u001b[8m\u001b[1;31m");

    assertThat(written()).isEqualTo("\u001b[32mOK\u001b[0m \\u001b[8m\\u001b[1;31m\n");
  }

  @Test
  void colours_of_the_help_pass_with_their_ends() {
    String help =
        "\u001b[33m-v\u001b[39m\u001b[0m \u001b[1mdemo\u001b[21m\u001b[0m \u001b[3mN\u001b[23m";
    console(true).out().print(help + "\u001b[5m\u001b[38m\u001b[28m");

    assertThat(written()).isEqualTo(help + "\\u001b[5m\\u001b[38m\\u001b[28m");
  }

  @Test
  void json_stays_the_same_value() {
    console(false).out().println("{\"a\":\"\u009b\u202e\"}");

    assertThat(written()).isEqualTo("{\"a\":\"\\u009b\\u202e\"}\n");
  }

  @Test
  void long_texts_keep_every_character() {
    String text = "ä👩‍💻x".repeat(20_000);

    console(false).out().println(text);

    assertThat(written()).isEqualTo(text + "\n");
  }

  private Console console(boolean colours) {
    PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new Console(stream, stream, false, false, colours);
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
