package io.reconciler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitTest extends SandboxTestBase {

  @Override
  SandboxOptions options(SandboxOptions usual) {
    return usual;
  }

  private int status() throws Exception {
    return client.get(TABLE).status();
  }

  private void use(int requests) throws Exception {
    for (int i = 0; i < requests; i++) {
      assertThat(status()).isEqualTo(200);
    }
  }

  @Test
  void the_sixth_request_of_a_second_is_refused_in_the_form_that_was_seen() throws Exception {
    use(5);

    SandboxClient.Answer answer = client.get(TABLE);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.text())
        .isEqualTo(
            "{\"errors\":[{\"error\":\"RATE_LIMIT_REACHED\",\"message\":\"Rate limit exceeded."
                + " Please try again later\"}]}");
    assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
  }

  @Test
  void the_second_slides() throws Exception {
    use(3);
    clock.forward(Duration.ofMillis(600));
    use(2);
    clock.forward(Duration.ofMillis(400));
    use(3);
    clock.forward(Duration.ofMillis(599));

    assertThat(status()).isEqualTo(429);
  }

  @Test
  void a_base_is_locked_out_for_thirty_seconds_which_requests_do_not_prolong() throws Exception {
    use(5);
    status();
    clock.forward(Duration.ofMillis(29_999));
    int stillLocked = status();
    clock.forward(Duration.ofMillis(1));

    assertThat(stillLocked).isEqualTo(429);
    assertThat(status()).isEqualTo(200);
  }

  @Test
  void bases_have_a_limit_each_over_all_tokens() throws Exception {
    sandbox.base("appSandbox0000002").addTable("Leads", List.of());
    use(5);

    assertThat(new SandboxClient(sandbox, "patOther").get(TABLE).status()).isEqualTo(429);
    assertThat(client.get("/appSandbox0000002/Leads").status()).isEqualTo(200);
  }

  @Test
  void the_schema_of_a_base_counts_too() throws Exception {
    use(5);

    assertThat(client.get("/meta/bases/" + BASE + "/tables").status()).isEqualTo(429);
    assertThat(client.get("/meta/whoami").status()).isEqualTo(200);
  }

  @Test
  void a_used_up_month_refuses_everything_but_metadata() throws Exception {
    base.setQuotaExhausted(true);

    SandboxClient.Answer answer = client.get(TABLE);
    clock.forward(Duration.ofMinutes(5));

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.json().at("/errors/0/error").asText())
        .isEqualTo("PUBLIC_API_BILLING_LIMIT_EXCEEDED");
    assertThat(status()).isEqualTo(429);
    assertThat(client.get("/meta/bases/" + BASE + "/tables").status()).isEqualTo(200);
  }
}
