package io.reconciler.sandbox.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads requests off one connection. */
final class CallReader {

  private static final int LONGEST_LINE = 1 << 20;
  private static final int LARGEST_BODY = 64 << 20;

  private final InputStream in;
  private final OutputStream out;

  CallReader(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Returns the next request, or null when the client has ended the connection. */
  @Nullable Call next() throws IOException {
    String start = line();
    if (start == null) {
      return null;
    }
    String[] parts = start.split(" ", -1);
    if (parts.length != 3) {
      throw new IOException("Not an HTTP request line");
    }
    Map<String, String> headers = headers();
    return new Call(parts[0], parts[1], headers, body(headers));
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = needed(); !line.isEmpty(); line = needed()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("Not an HTTP header");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    return headers;
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return chunks();
    }
    return bytes(number(headers.getOrDefault("content-length", "0"), 10));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.writeBytes(bytes(size));
      needed();
      if (body.size() > LARGEST_BODY) {
        throw new IOException("Body too large");
      }
    }
    headers();
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    String line = needed();
    int extension = line.indexOf(';');
    return number(extension < 0 ? line : line.substring(0, extension), 16);
  }

  private byte[] bytes(int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new IOException("The body ended early");
    }
    return bytes;
  }

  private String needed() throws IOException {
    String line = line();
    if (line == null) {
      throw new IOException("The request ended early");
    }
    return line;
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      line.write(next);
      if (line.size() > LONGEST_LINE) {
        throw new IOException("Line too long");
      }
      next = in.read();
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private static int number(String text, int radix) throws IOException {
    try {
      int number = Integer.parseInt(text.trim(), radix);
      if (number < 0 || number > LARGEST_BODY) {
        throw new IOException("Body too large");
      }
      return number;
    } catch (NumberFormatException e) {
      throw new IOException("Not a length", e);
    }
  }
}
