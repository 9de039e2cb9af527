package io.reconciler.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.airtable.AirtableRequest;
import io.reconciler.app.Engine;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.sandbox.SandboxOptions;
import io.reconciler.store.Database;
import io.reconciler.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Never more than five requests a second and base, over all threads and processes. */
class RequestRateTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int PERMITS = 5;

  @Test
  void two_processes_of_four_threads_each_never_send_more_than_five_requests_in_any_second()
      throws Exception {
    try (World world =
            World.open(
                Map.of("RECONCILER_RATE_LIMIT_MS", "200"),
                SandboxOptions.defaults().withPort(0),
                Map.of());
        HikariDataSource pool = Database.open(world.settings().database(), 4);
        Engine other = world.anotherEngine(pool)) {
      AirtableRequest request =
          AirtableRequest.get(world.baseId(), "/" + world.baseId() + "/Leads", List.of());
      ExecutorService threads = Executors.newFixedThreadPool(8);
      List<Future<?>> answers = new ArrayList<>();
      for (int i = 0; i < 26; i++) {
        Engine engine = i % 2 == 0 ? world.engine() : other;
        answers.add(threads.submit(() -> engine.ask(request)));
      }
      for (Future<?> answer : answers) {
        answer.get();
      }
      threads.shutdown();

      List<LoggedRequest> requests = world.sandbox().requests();
      assertThat(requests).hasSize(26).allMatch(r -> r.status() == 200);
      List<Long> arrivals = requests.stream().map(LoggedRequest::nanos).sorted().toList();
      for (int i = PERMITS; i < arrivals.size(); i++) {
        assertThat(arrivals.get(i) - arrivals.get(i - PERMITS)).isGreaterThanOrEqualTo(SECOND);
      }
    }
  }

  @Test
  void two_bases_do_not_wait_for_each_other() throws Exception {
    try (World world =
        World.open(
            Map.of("RECONCILER_RATE_LIMIT_MS", "2000"),
            SandboxOptions.defaults().withPort(0),
            Map.of())) {
      String second = "appSecondBase0001";
      world.addTable(second);

      world.engine().ask(list(world.baseId()));
      world.engine().ask(list(second));

      List<LoggedRequest> requests = world.sandbox().requests();
      assertThat(requests.get(1).nanos() - requests.get(0).nanos()).isLessThan(SECOND);
    }
  }

  private static AirtableRequest list(String base) {
    return AirtableRequest.get(base, "/" + base + "/Leads", List.of());
  }
}
