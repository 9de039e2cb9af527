package io.reconciler.engine.door;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.reconciler.side.airtable.UnusableAnswerException;
import io.reconciler.world.SideBySide;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers that are too large, too slow, or packed without end. */
@SideBySide(SideBySide.Lane.RUNS)
class AnswerBoundsTest {

  private static final int MOST = 1 << 20;
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(600);

  /** What is not cut off takes so long. */
  private static final Duration TRICKLE = Duration.ofMinutes(5);

  private static final WireMockServer SERVER =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().gzipDisabled(true));

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  @Test
  void an_answer_within_its_bounds_is_read_whole() throws Exception {
    assertThat(get(aResponse().withBody(new byte[MOST]))).hasSize(MOST);
    assertThat(get(packed(new byte[MOST]))).hasSize(MOST);
  }

  @Test
  void one_byte_more_is_too_many() {
    assertRefused(aResponse().withBody(new byte[MOST + 1]), "larger than 1 MB");
  }

  @Test
  void bytes_count_as_they_are_unpacked() throws Exception {
    assertRefused(packed(new byte[50 * MOST]), "larger than 1 MB");
  }

  @Test
  void a_packing_that_nobody_here_unpacks_within_bounds_is_refused() {
    assertRefused(aResponse().withHeader("Content-Encoding", "x-unknown").withBody("{}"), "packed");
  }

  @Test
  void bytes_that_trickle_are_cut_off_when_the_time_is_over() {
    SERVER.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withBody(new byte[100])
                    .withChunkedDribbleDelay(100, (int) TRICKLE.toMillis())));
    long before = System.nanoTime();

    assertThatThrownBy(() -> fetch(SERVER.baseUrl() + "/", SHORT))
        .isInstanceOf(UnusableAnswerException.class)
        .hasMessageContaining("after 600 ms");

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(TRICKLE.dividedBy(2));
  }

  @Test
  void headers_without_end_are_cut_off() throws Exception {
    assertRefusedFrom("HTTP/1.1 200 OK\r\nX: ", "x", LONG, "headers");
    assertRefusedFrom("HTTP/1.1 200 OK\r\n", "X-A: b\r\n", LONG, "headers");
    assertRefusedFrom("", "HTTP/1.1 100 Continue\r\n\r\n", SHORT, "after 600 ms");
  }

  // Sends the beginning, and then the rest again and again until the other end has enough.
  private static void assertRefusedFrom(
      String beginning, String again, Duration longest, String reason) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread endless = new Thread(() -> pour(server, beginning, again));
      endless.setDaemon(true);
      endless.start();
      assertThatThrownBy(() -> fetch("http://127.0.0.1:" + server.getLocalPort() + "/", longest))
          .isInstanceOf(UnusableAnswerException.class)
          .hasMessageContaining(reason);
    }
  }

  private static void pour(ServerSocket server, String beginning, String again) {
    try (Socket socket = server.accept();
        OutputStream out = socket.getOutputStream()) {
      out.write(beginning.getBytes(StandardCharsets.US_ASCII));
      byte[] more = again.repeat(1_000).getBytes(StandardCharsets.US_ASCII);
      while (!Thread.currentThread().isInterrupted()) {
        out.write(more);
      }
    } catch (IOException e) {
      // The other end has had enough.
    }
  }

  private static void assertRefused(ResponseDefinitionBuilder answer, String reason) {
    assertThatThrownBy(() -> get(answer))
        .isInstanceOf(UnusableAnswerException.class)
        .hasMessageContaining(reason);
  }

  private static byte[] get(ResponseDefinitionBuilder answer) throws IOException {
    SERVER.stubFor(any(anyUrl()).willReturn(answer));
    return fetch(SERVER.baseUrl() + "/");
  }

  private static byte[] fetch(String url) throws IOException {
    return fetch(url, LONG);
  }

  private static byte[] fetch(String url, Duration longest) throws IOException {
    HttpClientBuilder builder = HttpClientBuilder.create().disableAutomaticRetries();
    new AnswerBounds(MOST, longest).hold(builder);
    try (CloseableHttpClient client = builder.build()) {
      return client.execute(
          new HttpGet(url), response -> EntityUtils.toByteArray(response.getEntity()));
    }
  }

  private static ResponseDefinitionBuilder packed(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    }
    return aResponse().withHeader("Content-Encoding", "gzip").withBody(bytes.toByteArray());
  }
}
