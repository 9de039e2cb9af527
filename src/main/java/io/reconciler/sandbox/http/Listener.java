package io.reconciler.sandbox.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Serves HTTP/1.1 with keep-alive on the loopback address until closed.
 *
 * <p>Not the JDK's own server, because that one overwrites the Date header with the machine's time.
 */
public final class Listener implements AutoCloseable {

  private static final int BACKLOG = 128;

  private final ServerSocket socket;
  private final Clock clock;
  private final Handler handler;
  private final Semaphore slots;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool(Listener::daemon);

  private Listener(ServerSocket socket, int concurrency, Clock clock, Handler handler) {
    this.socket = socket;
    this.clock = clock;
    this.handler = handler;
    this.slots = new Semaphore(concurrency, true);
  }

  /**
   * Starts serving; port 0 takes a free one. At most {@code concurrency} requests are handled at a
   * time, the others wait. Throws UncheckedIOException when the port is taken.
   */
  public static Listener start(int port, int concurrency, Clock clock, Handler handler) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      Listener listener =
          new Listener(new ServerSocket(port, BACKLOG, loopback), concurrency, clock, handler);
      listener.threads.execute(listener::accept);
      return listener;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on port " + port, e);
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    try {
      while (!socket.isClosed()) {
        Socket connection = socket.accept();
        connections.add(connection);
        threads.execute(() -> serve(connection));
      }
    } catch (IOException | RejectedExecutionException closed) {
      close();
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      BufferedOutputStream out = new BufferedOutputStream(connection.getOutputStream());
      CallReader reader = new CallReader(new BufferedInputStream(connection.getInputStream()), out);
      ReplyWriter writer = new ReplyWriter(out, clock);
      boolean open = true;
      while (open) {
        @Nullable Call call = reader.next();
        open = call != null && writer.write(call, answer(call));
      }
    } catch (IOException | InterruptedException gone) {
      // The client went away, or the server is closing: there is nobody left to tell.
    } finally {
      connections.remove(connection);
    }
  }

  private Reply answer(Call call) throws InterruptedException {
    slots.acquire();
    try {
      return handler.handle(call);
    } finally {
      slots.release();
    }
  }

  /** Ends all connections and frees the port. */
  @Override
  public void close() {
    closeQuietly(socket);
    connections.forEach(Listener::closeQuietly);
    threads.shutdownNow();
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      // It is being thrown away.
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "airtable-sandbox");
    thread.setDaemon(true);
    return thread;
  }
}
