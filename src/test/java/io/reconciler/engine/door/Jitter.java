package io.reconciler.engine.door;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A network between a client and a server: whatever is sent is on its way for a while. */
final class Jitter implements AutoCloseable {

  private static final long MILLI = 1_000_000;

  private final URI server;
  private final int mostMillis;
  private final Random random = new Random(2026);
  private final ServerSocket door;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** To this server, up to so long each way. */
  Jitter(URI server, int mostMillis) throws IOException {
    this.server = server;
    this.mostMillis = mostMillis;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** Where the server seems to be. */
  URI url() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort() + server.getPath());
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket other = new Socket(server.getHost(), server.getPort());
        threads.execute(() -> carry(client, other));
        threads.execute(() -> carry(other, client));
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] buffer = new byte[1 << 20];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        LockSupport.parkNanos(delay());
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException ended) {
      // The other side hears of it.
    }
  }

  private synchronized long delay() {
    return (long) (random.nextDouble() * mostMillis * MILLI);
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
