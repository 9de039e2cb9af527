package io.reconciler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.sandbox.Fault;
import io.reconciler.user.Role;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A service that stops while somebody waits for a run. */
class WaitingRequestTest {

  @Test
  void a_request_that_waits_for_its_run_is_told_how_it_ended() throws Exception {
    try (ServiceWorld service = ServiceWorld.open(Clock.systemUTC(), Map.of())) {
      World world = service.world();
      for (int i = 0; i < 250; i++) {
        world.leads().create(Map.of("First Name", "Lead " + i));
      }
      String token = service.newToken("ada@example.com", Role.SUPER_ADMIN, null);
      world.sandbox().onRequest(request -> true, Fault.delayed(Duration.ofSeconds(1)));
      CompletableFuture<HttpResponse<String>> waiting =
          CompletableFuture.supplyAsync(
              () -> service.send("POST", "/api/admin/sync/delta", token, "{}"));
      // The first asks for the metadata, the second for a page.
      Awaitility.await().until(() -> world.sandbox().requests().size() > 1);

      service.service().close();

      HttpResponse<String> answer = waiting.get(10, TimeUnit.SECONDS);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("Delta sync failed", "asked to end");
      assertThat(world.jdbc().sql("select outcome from reconciler.run").query(String.class).list())
          .containsExactly("interrupted");
      assertThat(world.count("select count(*) from leads")).isEqualTo(100);
    }
  }
}
