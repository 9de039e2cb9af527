package io.reconciler.program.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.reconciler.text.Plain;

/** An event's message on one line: a text from outside begins no line that looks like ours. */
public final class PlainMessage extends ClassicConverter {

  @Override
  public String convert(ILoggingEvent event) {
    return Plain.line(event.getFormattedMessage());
  }
}
