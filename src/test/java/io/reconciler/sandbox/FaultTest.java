package io.reconciler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reconciler.sandbox.SandboxClient.Answer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultTest extends SandboxTestBase {

  private static final String BODY = "{\"fields\":{\"Notes\":\"x\"}}";

  private void spoilWrites(Fault fault) {
    sandbox.onRequest(request -> !request.method().equals("GET"), fault);
  }

  @Test
  void an_answer_can_be_scripted_so_many_times() throws Exception {
    sandbox.onRequest(
        request -> request.path().endsWith("/Leads"),
        Fault.answer(503, "{\"a\":1}").withHeader("Retry-After", "7").times(2));

    Answer first = client.get(TABLE);
    Answer second = client.get(TABLE);
    Answer third = client.get(TABLE);

    assertThat(first.status()).isEqualTo(503);
    assertThat(first.text()).isEqualTo("{\"a\":1}");
    assertThat(first.headers().firstValue("Retry-After")).contains("7");
    assertThat(second.status()).isEqualTo(503);
    assertThat(third.status()).isEqualTo(200);
  }

  @Test
  void rules_are_used_up_in_their_order_and_can_be_taken_back() throws Exception {
    sandbox.onRequest(request -> true, Fault.rateLimited());
    sandbox.onRequest(request -> true, Fault.unavailable());
    sandbox.onRequest(request -> true, Fault.html(502).always());

    int first = client.get(TABLE).status();
    int second = client.get(TABLE).status();
    int third = client.get(TABLE).status();
    sandbox.clearFaults();

    assertThat(new int[] {first, second, third}).containsExactly(429, 503, 502);
    assertThat(client.get(TABLE).status()).isEqualTo(200);
  }

  @Test
  void html_can_come_with_status_200() throws Exception {
    sandbox.onRequest(request -> true, Fault.html());

    Answer answer = client.get(TABLE);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).startsWith("<!DOCTYPE html>");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
  }

  @Test
  void a_page_can_meet_an_expired_iterator() throws Exception {
    create(3);
    sandbox.onRequest(request -> request.query("offset") != null, Fault.expiredIterator());
    String offset = client.get(TABLE + "?pageSize=2").offset();

    assertThat(client.get(TABLE + "?offset=" + offset).errorType())
        .isEqualTo("LIST_RECORDS_ITERATOR_NOT_AVAILABLE");
    assertThat(client.get(TABLE + "?offset=" + offset).status()).isEqualTo(200);
  }

  @Test
  void a_connection_dropped_before_leaves_no_trace() {
    String id = create(1).get(0);
    spoilWrites(Fault.dropBefore().always());

    assertThatThrownBy(() -> client.send("PATCH", TABLE + "/" + id, BODY))
        .isInstanceOf(IOException.class);

    assertThat(table.cells(id)).doesNotContainKey("Notes");
    assertThat(sandbox.requests()).isNotEmpty().allMatch(request -> request.status() == 0);
  }

  @Test
  void a_connection_dropped_after_has_done_the_work() {
    String id = create(1).get(0);
    spoilWrites(Fault.dropAfter().always());

    assertThatThrownBy(() -> client.send("PATCH", TABLE + "/" + id, BODY))
        .isInstanceOf(IOException.class);

    assertThat(table.cells(id)).containsKey("Notes");
  }

  @Test
  void a_truncated_answer_breaks_off_in_the_body() {
    String id = create(1).get(0);
    spoilWrites(Fault.truncated());

    assertThatThrownBy(() -> client.send("PATCH", TABLE + "/" + id, BODY))
        .isInstanceOf(IOException.class);

    assertThat(table.cells(id)).containsKey("Notes");
  }

  @Test
  void a_late_answer_outlasts_a_time_out_with_the_work_done() {
    String id = create(1).get(0);
    spoilWrites(Fault.delayed(Duration.ofSeconds(5)));

    assertThatThrownBy(
            () ->
                client.send(
                    client
                        .request(TABLE + "/" + id)
                        .timeout(Duration.ofMillis(500))
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(BODY))
                        .build()))
        .isInstanceOf(HttpTimeoutException.class);

    assertThat(table.cells(id)).containsKey("Notes");
  }
}
