package io.reconciler.engine.door;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How long this machine lets a thread that is due wait, from its start until it is closed. */
final class Stalls implements AutoCloseable {

  private static final long NAP = 1_000_000;

  private final Thread watch = new Thread(this::look, "stalls");
  private volatile boolean over;
  private volatile long worst;

  Stalls() {
    watch.setDaemon(true);
    watch.start();
  }

  private void look() {
    while (!over) {
      long due = System.nanoTime() + NAP;
      LockSupport.parkNanos(NAP);
      worst = Math.max(worst, System.nanoTime() - due);
    }
  }

  /** The longest one that was seen. */
  Duration worst() {
    return Duration.ofNanos(worst);
  }

  @Override
  public void close() {
    over = true;
  }
}
