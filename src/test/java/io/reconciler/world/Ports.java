package io.reconciler.world;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for what must know its own before it listens, or must come back on the same one. */
public final class Ports {

  /** Below those that systems give to outgoing connections, of which tests make thousands. */
  private static final int FIRST = 20_000;

  private static final int END = 32_000;

  private Ports() {}

  /** A port on which nobody listens, and which no outgoing connection will be given. */
  public static int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket probe = new ServerSocket(port)) {
        return probe.getLocalPort();
      } catch (IOException e) {
        // Somebody listens there: another one.
      }
    }
  }
}
