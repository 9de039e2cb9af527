package io.reconciler.program.boot;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Gives each line that is written, without its end, to a log. */
final class LoggedLines extends OutputStream {

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Consumer<String> log;

  LoggedLines(Consumer<String> log) {
    this.log = log;
  }

  @Override
  public synchronized void write(int octet) {
    if (octet != '\n') {
      line.write(octet);
      return;
    }
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (!text.isBlank()) {
      log.accept(text);
    }
  }
}
