package io.reconciler.service.monitor;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector of traces: takes what is sent to it, as protobuf over HTTP, and reads the spans. */
final class Spans implements AutoCloseable {

  private final HttpServer server;
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();

  Spans() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("api-key")));
          bodies.add(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The header of each delivery. */
  List<String> keys() {
    return keys;
  }

  /** Everything that was sent, with every text in it readable. */
  String everything() {
    StringBuilder text = new StringBuilder();
    bodies.forEach(body -> text.append(new String(body, StandardCharsets.UTF_8)));
    return text.toString();
  }

  /** The spans; by the numbers of the fields in opentelemetry/proto/trace/v1/trace.proto. */
  List<Span> all() {
    List<Span> spans = new ArrayList<>();
    for (byte[] body : bodies) {
      for (byte[] resource : fields(body, 1)) {
        for (byte[] scope : fields(resource, 2)) {
          fields(scope, 2).forEach(span -> spans.add(span(span)));
        }
      }
    }
    return spans;
  }

  private static Span span(byte[] span) {
    return new Span(
        hex(span, 1),
        hex(span, 2),
        hex(span, 4),
        new String(first(span, 5), StandardCharsets.UTF_8));
  }

  private static String hex(byte[] message, int field) {
    return HexFormat.of().formatHex(first(message, field));
  }

  private static byte[] first(byte[] message, int field) {
    List<byte[]> all = fields(message, field);
    return all.isEmpty() ? new byte[0] : all.get(0);
  }

  private static List<byte[]> fields(byte[] message, int wanted) {
    List<byte[]> found = new ArrayList<>();
    int[] at = {0};
    while (at[0] < message.length) {
      long key = varint(message, at);
      int length =
          switch ((int) key & 7) {
            case 0 -> {
              varint(message, at);
              yield 0;
            }
            case 1 -> 8;
            case 2 -> (int) varint(message, at);
            case 5 -> 4;
            default -> throw new IllegalStateException("no protobuf");
          };
      if (key >> 3 == wanted) {
        found.add(java.util.Arrays.copyOfRange(message, at[0], at[0] + length));
      }
      at[0] += length;
    }
    return found;
  }

  private static long varint(byte[] message, int[] at) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = message[at[0]++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** What is looked at of a span. */
  record Span(String trace, String id, String parent, String name) {}
}
