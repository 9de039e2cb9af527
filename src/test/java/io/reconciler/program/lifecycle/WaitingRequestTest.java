package io.reconciler.program.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.failure.RunInterruptedException;
import io.reconciler.engine.process.Stopping;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.service.user.Role;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A service that stops while somebody waits for a run. */
class WaitingRequestTest {

  /** A busy machine may take longer for it than a service that ends gives itself. */
  private static final Map<String, Object> UNHURRIED =
      Map.of(
          "spring.lifecycle.timeout-per-shutdown-phase",
          "60s",
          "reconciler.stop-within-ms",
          PatientWaits.PATIENCE.toMillis());

  @Test
  void a_request_that_waits_for_its_run_is_told_how_it_ended() throws Exception {
    try (ServiceWorld service = ServiceWorld.open(Clock.systemUTC(), UNHURRIED)) {
      World world = service.world();
      for (int i = 0; i < 250; i++) {
        world.leads().create(Map.of("First Name", "Lead " + i));
      }
      String token = service.newToken("ada@example.com", Role.SUPER_ADMIN, null);
      // The service closes while the first page is on its way.
      Stopping stopping = service.service().context().getBean(Stopping.class);
      world
          .sandbox()
          .onRequest(
              request -> {
                if (asksForPage(request)) {
                  Awaitility.await().until(() -> isAsked(stopping));
                }
                return false;
              },
              Fault.unavailable());
      CompletableFuture<HttpResponse<String>> waiting =
          CompletableFuture.supplyAsync(
              () -> service.send("POST", "/api/admin/sync/delta", token, "{}"));
      Awaitility.await()
          .until(
              () -> world.sandbox().requests().stream().anyMatch(WaitingRequestTest::asksForPage));

      service.service().close();

      HttpResponse<String> answer =
          waiting.get(PatientWaits.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("Delta sync failed", "asked to end");
      assertThat(world.jdbc().sql("select outcome from reconciler.run").query(String.class).list())
          .containsExactly("interrupted");
      assertThat(world.count("select count(*) from leads")).isEqualTo(100);
    }
  }

  private static boolean isAsked(Stopping stopping) {
    try {
      stopping.check();
      return false;
    } catch (RunInterruptedException e) {
      return true;
    }
  }

  private static boolean asksForPage(LoggedRequest request) {
    return request.query("pageSize") != null || request.path().endsWith("/listRecords");
  }
}
