package io.reconciler.program.log;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.reconciler.text.Masks;
import io.reconciler.text.Plain;
import java.nio.charset.StandardCharsets;

/** Lines for a person. */
public final class PlainTextEncoder extends PatternLayoutEncoder {

  /** In UTF-8, whatever the locale says. */
  public PlainTextEncoder() {
    setCharset(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String text = new String(super.encode(event), StandardCharsets.UTF_8);
    return Plain.lines(Masks.hide(text)).getBytes(StandardCharsets.UTF_8);
  }
}
