package io.reconciler.program.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlainTextEncoderTest {

  @Test
  void in_a_terminal_a_line_takes_the_place_of_the_progress_that_is_drawn_there() {
    assertThat(line(true)).isEqualTo("\r\u001b[Ka \\u001b[2J line\n");
    assertThat(line(false)).isEqualTo("a \\u001b[2J line\n");
  }

  private static String line(boolean terminal) {
    LoggerContext context = new LoggerContext();
    PlainTextEncoder encoder = new PlainTextEncoder(terminal);
    encoder.setContext(context);
    encoder.setPattern("%msg%n");
    encoder.start();
    LoggingEvent event =
        new LoggingEvent(
            "", context.getLogger("x"), Level.WARN, "a \u001b[2J line", null, new Object[0]);
    return new String(encoder.encode(event), StandardCharsets.UTF_8).replace("\r\n", "\n");
  }
}
