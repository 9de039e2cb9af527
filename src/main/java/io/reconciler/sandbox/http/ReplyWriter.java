package io.reconciler.sandbox.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Writes answers to one connection. */
final class ReplyWriter {

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final OutputStream out;
  private final Clock clock;

  ReplyWriter(OutputStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /** Sends the answer; returns whether the connection can serve another request. */
  boolean write(Call call, Reply reply) throws IOException {
    if (reply.delivery() == Reply.Delivery.DROPPED) {
      return false;
    }
    boolean zipped = call.lists("accept-encoding", "gzip") && reply.body().length > 0;
    byte[] body = zipped ? gzip(reply.body()) : reply.body();
    boolean stays = !call.lists("connection", "close");
    out.write(head(reply, body.length, zipped, stays).getBytes(StandardCharsets.ISO_8859_1));
    boolean whole = reply.delivery() == Reply.Delivery.WHOLE;
    out.write(body, 0, whole ? body.length : body.length / 2);
    out.flush();
    return whole && stays;
  }

  private String head(Reply reply, int length, boolean zipped, boolean stays) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(reply.status()).append(" -\r\n");
    line(head, "Date", HTTP_DATE.format(clock.instant()));
    reply.headers().forEach((name, value) -> line(head, name, value));
    line(head, "Content-Length", Integer.toString(length));
    line(head, "Connection", stays ? "keep-alive" : "close");
    if (zipped) {
      line(head, "Content-Encoding", "gzip");
    }
    return head.append("\r\n").toString();
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }
}
