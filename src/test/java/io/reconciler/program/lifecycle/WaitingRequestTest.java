package io.reconciler.program.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.service.user.Role;
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
      // Every page takes its second: the service closes while the first is on its way.
      world
          .sandbox()
          .onRequest(
              WaitingRequestTest::asksForPage, Fault.delayed(Duration.ofSeconds(1)).always());
      CompletableFuture<HttpResponse<String>> waiting =
          CompletableFuture.supplyAsync(
              () -> service.send("POST", "/api/admin/sync/delta", token, "{}"));
      Awaitility.await()
          .until(
              () -> world.sandbox().requests().stream().anyMatch(WaitingRequestTest::asksForPage));

      service.service().close();

      HttpResponse<String> answer = waiting.get(10, TimeUnit.SECONDS);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("Delta sync failed", "asked to end");
      assertThat(world.jdbc().sql("select outcome from reconciler.run").query(String.class).list())
          .containsExactly("interrupted");
      assertThat(world.count("select count(*) from leads")).isEqualTo(100);
    }
  }

  private static boolean asksForPage(LoggedRequest request) {
    return request.query("pageSize") != null || request.path().endsWith("/listRecords");
  }
}
