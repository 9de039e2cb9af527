package io.reconciler.program.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/** Chooses the port of the demo's page. */
final class Ports {

  private Ports() {}

  /** The port asked for; else the usual one, or any free one when that is taken. */
  static int choose(@Nullable Integer asked, int usual) {
    if (asked != null) {
      return asked;
    }
    try (ServerSocket probe = new ServerSocket(usual, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      return 0;
    }
  }
}
