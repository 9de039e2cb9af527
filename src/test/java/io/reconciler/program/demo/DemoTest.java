package io.reconciler.program.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.cli.Console;
import io.reconciler.cli.DemoOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** The tour as a user has it. */
class DemoTest {

  @Test
  void both_syncs_are_told_and_a_link_and_a_number_arrive_on_the_other_side() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(stream(out), stream(err), false, false);

    int code =
        new DemoProgram(name -> null, Clock.systemUTC())
            .demo(new DemoOptions(40, null, true), console);
    String said = out.toString(StandardCharsets.UTF_8);

    assertThat(code).as(said + err).isZero();
    assertThat(said.lines().filter(line -> line.startsWith("  Stage 1 ")))
        .hasSize(2)
        .first()
        .asString()
        .contains("40 inserted");
    assertThat(said)
        .containsPattern("in PostgreSQL the lead belongs to \"[^\"]+\" by its foreign key")
        .contains("in Airtable this company has 250 seats")
        .doesNotContain("\"none\"")
        .contains("0 rate limit waits");
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
