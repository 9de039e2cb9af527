package io.reconciler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.reconciler.sandbox.SandboxClient.Answer;
import io.reconciler.sandbox.table.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class WireTest extends SandboxTestBase {

  @Test
  void the_date_header_is_the_sandboxs_own_time() throws Exception {
    clock.set("2031-01-02T03:04:05.900Z");

    Answer answer = client.get("/meta/whoami");

    assertThat(answer.headers().firstValue("Date")).contains("Thu, 02 Jan 2031 03:04:05 GMT");
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/json; charset=utf-8");
  }

  @Test
  void answers_are_zipped_when_asked_for() throws Exception {
    table.create(Map.of("Name", "Ädä"));
    HttpRequest request = client.request(TABLE).header("Accept-Encoding", "gzip").build();

    HttpResponse<byte[]> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());

    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
    GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(response.body()));
    assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8)).contains("Ädä");
  }

  @Test
  void a_connection_serves_several_requests_until_one_closes_it() throws Exception {
    String head = "GET /v0/meta/whoami HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer patGood\r\n";

    String all = raw(head + "\r\n" + head + "\r\n" + head + "Connection: close\r\n\r\n");

    assertThat(all.split("HTTP/1.1 200")).hasSize(4);
  }

  @Test
  void a_body_may_come_in_chunks() throws Exception {
    String head =
        "POST /v0"
            + TABLE
            + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer patGood\r\n"
            + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n";

    raw(head + "c\r\n{\"fields\":{\"\r\n12;x=y\r\nName\":\"in pieces\"\r\n2\r\n}}\r\n0\r\n\r\n");

    assertThat(table.cells(table.ids().get(0)).get("Name")).isEqualTo(Json.cell("in pieces"));
  }

  @Test
  void noise_ends_only_its_own_connection() throws Exception {
    assertThat(raw("nonsense\r\n\r\n")).isEmpty();
    assertThat(client.get("/meta/whoami").status()).isEqualTo(200);
  }

  @Test
  void a_url_of_16_000_characters_is_refused() throws Exception {
    assertThat(client.get(TABLE + "?x=" + "y".repeat(15_000)).status()).isEqualTo(200);
    assertThat(client.get(TABLE + "?x=" + "y".repeat(16_000)).status()).isEqualTo(422);
  }

  @Test
  void requests_are_logged_decoded_in_the_order_of_arrival() throws Exception {
    client.get(TABLE + "?fields%5B%5D=Name&fields%5B%5D=Notes&view=Grid+view");
    client.send("PATCH", TABLE, "{\"records\":1}");

    assertThat(sandbox.requests())
        .extracting(LoggedRequest::method, LoggedRequest::path, LoggedRequest::status)
        .containsExactly(tuple("GET", "/v0" + TABLE, 200), tuple("PATCH", "/v0" + TABLE, 422));
    LoggedRequest first = sandbox.requests().get(0);
    assertThat(first.query().get("fields[]")).containsExactly("Name", "Notes");
    assertThat(first.query("view")).isEqualTo("Grid view");
    assertThat(first.baseId()).isEqualTo(BASE);
    assertThat(first.at()).isEqualTo(clock.instant());
    assertThat(sandbox.requests().get(1).body()).isEqualTo("{\"records\":1}");

    sandbox.clearLogs();
    assertThat(sandbox.requests()).isEmpty();
  }

  @Test
  void requests_are_served_side_by_side_without_losing_an_edit() {
    List<String> ids = create(8);

    List<CompletableFuture<Integer>> answers =
        IntStream.range(0, 80)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> edit(ids.get(i % 8), i)))
            .toList();

    assertThat(answers).extracting(CompletableFuture::join).containsOnly(200);
    assertThat(sandbox.writes()).hasSize(80);
  }

  private int edit(String id, int value) {
    try {
      return client
          .send("PATCH", TABLE + "/" + id, "{\"fields\":{\"Score\":" + value + "}}")
          .status();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.url().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
