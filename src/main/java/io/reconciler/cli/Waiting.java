package io.reconciler.cli;

/**
 * A line on a terminal's stderr that says what is waited for, gone when that is over; silent on
 * anything else.
 */
public final class Waiting implements AutoCloseable {

  private final boolean shown;
  private final ProgressLine line;

  /** Says that this is waited for. */
  public Waiting(Console console, String what) {
    this.shown = console.terminal();
    this.line = new ProgressLine(console.err(), Terminal.columns(System::getenv));
    if (shown) {
      line.accept(what + " ...");
    }
  }

  @Override
  public void close() {
    if (shown) {
      line.clear();
    }
  }
}
