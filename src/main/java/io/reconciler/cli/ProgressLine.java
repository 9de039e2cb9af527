package io.reconciler.cli;

import io.reconciler.text.Plain;
import java.io.PrintStream;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The last line of a terminal, drawn over and over; our own, because the library's writes to stdout
 * or opens the terminal in raw mode to learn its width.
 */
final class ProgressLine implements ProgressBarConsumer {

  private final PrintStream err;
  private final int columns;
  private volatile Supplier<@Nullable String> instead = () -> null;
  private int drawn;

  ProgressLine(PrintStream err, int columns) {
    this.err = PlainOutput.raw(err);
    this.columns = columns;
  }

  /** Draws this where it gives a text, and what the library renders elsewhere. */
  void instead(Supplier<@Nullable String> text) {
    instead = text;
  }

  /** One less than fits, since many terminals wrap after the last column. */
  @Override
  public int getMaxRenderedLength() {
    return columns - 1;
  }

  @Override
  public synchronized void accept(String rendered) {
    String other = rendered.isEmpty() ? null : instead.get();
    String text = Plain.line(other == null ? rendered : other, getMaxRenderedLength());
    err.print("\r" + text + " ".repeat(Math.max(0, drawn - text.length())));
    err.flush();
    drawn = text.length();
  }

  @Override
  public synchronized void clear() {
    accept("");
    err.print("\r");
    err.flush();
  }

  @Override
  public void close() {}
}
