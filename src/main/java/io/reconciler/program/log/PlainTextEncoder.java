package io.reconciler.program.log;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.reconciler.cli.Terminal;
import io.reconciler.text.Masks;
import io.reconciler.text.Plain;
import java.nio.charset.StandardCharsets;

/**
 * Lines for a person; in a terminal each takes the place of a progress line that is drawn there.
 */
public final class PlainTextEncoder extends PatternLayoutEncoder {

  /** Back to the beginning of the line, of which the rest is wiped. */
  private static final String ANEW = "\r\u001b[K";

  private final String start;

  /** In UTF-8, whatever the locale says. */
  public PlainTextEncoder() {
    this(Terminal.isTerminal(System::getenv) && !"dumb".equals(System.getenv("TERM")));
  }

  PlainTextEncoder(boolean terminal) {
    start = terminal ? ANEW : "";
    setCharset(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String text = new String(super.encode(event), StandardCharsets.UTF_8);
    return (start + Plain.lines(Masks.hide(text))).getBytes(StandardCharsets.UTF_8);
  }
}
