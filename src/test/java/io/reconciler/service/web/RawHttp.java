package io.reconciler.service.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reconciler.world.PatientWaits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A connection on which anything can be said, as no well-behaved client would. */
final class RawHttp implements AutoCloseable {

  private final Socket socket;
  private final StringBuilder heard = new StringBuilder();

  private RawHttp(Socket socket) {
    this.socket = socket;
  }

  static RawHttp open(int port) throws IOException {
    return open(port, "127.0.0.1");
  }

  /** From this address of this machine. */
  static RawHttp open(int port, String from) throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(from), 0);
    socket.setSoTimeout((int) PatientWaits.PATIENCE.toMillis());
    return new RawHttp(socket);
  }

  /** The beginning of a request with these further headers. */
  static String head(String line, String... headers) {
    String host = String.join("", headers).startsWith("Host: ") ? "" : "Host: localhost\r\n";
    return line + " HTTP/1.1\r\n" + host + String.join("", headers) + "\r\n";
  }

  /** Says this; false when nobody listens any more. */
  boolean say(String text) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(ISO_8859_1));
      out.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What has come of the answer so far. */
  String heard() {
    try {
      InputStream in = socket.getInputStream();
      heard.append(new String(in.readNBytes(in.available()), ISO_8859_1));
    } catch (IOException e) {
      // Reset: the answer says so.
    }
    return heard.toString();
  }

  /** Everything that is answered until the connection ends or nothing comes for a minute. */
  String answer() {
    byte[] chunk = new byte[8192];
    try {
      for (int n = socket.getInputStream().read(chunk);
          n >= 0;
          n = socket.getInputStream().read(chunk)) {
        heard.append(new String(chunk, 0, n, ISO_8859_1));
      }
    } catch (SocketTimeoutException e) {
      heard.append("(nothing more within a minute)");
    } catch (IOException e) {
      heard.append("(reset)");
    }
    return heard.toString();
  }

  /** The whole answer to one request, after which the server is to close. */
  static String ask(int port, String line, String... headers) throws IOException {
    return askFrom("127.0.0.1", port, line, headers);
  }

  /** The same, from another address of this machine. */
  static String askFrom(String from, int port, String line, String... headers) throws IOException {
    try (RawHttp http = open(port, from)) {
      http.say(head(line, String.join("", headers) + "Connection: close\r\n"));
      return http.answer();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
