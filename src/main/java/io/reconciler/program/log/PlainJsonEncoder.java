package io.reconciler.program.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.reconciler.text.Masks;
import io.reconciler.text.Plain;
import java.nio.charset.StandardCharsets;
import net.logstash.logback.encoder.LogstashEncoder;

/** JSON for a log collector; what is spelled out is JSON's own escape, so the text is the same. */
public final class PlainJsonEncoder extends LogstashEncoder {

  @Override
  public byte[] encode(ILoggingEvent event) {
    String text = new String(super.encode(event), StandardCharsets.UTF_8);
    return Plain.lines(Masks.hide(text)).getBytes(StandardCharsets.UTF_8);
  }
}
