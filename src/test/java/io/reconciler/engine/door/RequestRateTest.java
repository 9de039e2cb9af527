package io.reconciler.engine.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.TestEngine;
import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.sandbox.SandboxOptions;
import io.reconciler.settings.Settings;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRequest;
import io.reconciler.side.postgres.Database;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Never more than five requests a second and base, over all threads and processes. */
@SideBySide(SideBySide.Lane.PLAYS)
class RequestRateTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int PERMITS = 5;

  @Test
  void two_processes_of_four_threads_each_never_send_more_than_five_requests_in_any_second()
      throws Exception {
    try (World world = limited();
        HikariDataSource pool = Database.open(world.settings().database(), 4);
        Engine other = world.anotherEngine(pool);
        Stalls stalls = new Stalls()) {
      ask(world, 26, world.engine(), other);
      assertLimitKept(world, 26, stalls);
    }
  }

  // The network has most of the margin; what is done before and after it has the rest.
  @Test
  void nor_do_they_when_every_request_is_on_its_way_for_another_time() throws Exception {
    try (World world = limited();
        Jitter network = new Jitter(world.sandbox().url(), 60);
        HikariDataSource pool = Database.open(world.settings().database(), 4);
        Engine one = engine(world, network, pool);
        Engine other = engine(world, network, pool);
        Stalls stalls = new Stalls()) {
      ask(world, 40, one, other);
      assertLimitKept(world, 40, stalls);
    }
  }

  private static World limited() {
    return World.open(Map.of("RECONCILER_RATE_LIMIT_MS", "200"), World.unlimited(), Map.of());
  }

  private static Engine engine(World world, Jitter network, HikariDataSource pool) {
    Map<String, String> environment = new HashMap<>(world.environment());
    environment.put("AIRTABLE_API_URL", network.url().toString());
    Settings settings = Settings.read(environment::get, Set.of());
    return TestEngine.start(settings, world.mapping(), pool, Map.of());
  }

  private static void ask(World world, int requests, Engine one, Engine other) throws Exception {
    AirtableRequest request = list(world.baseId());
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> answers = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      Engine engine = i % 2 == 0 ? one : other;
      answers.add(threads.submit(() -> engine.ask(request)));
    }
    for (Future<?> answer : answers) {
      answer.get();
    }
    threads.shutdown();
  }

  // A machine that stalls a request between its permit and its sending moves it towards the next
  // ones, and another one between its arrival and its entry away from them. RateSimulationTest
  // holds
  // the rule to the nanosecond.
  private static void assertLimitKept(World world, int sent, Stalls stalls) {
    List<LoggedRequest> requests = world.sandbox().requests();
    assertThat(requests).hasSize(sent).allMatch(r -> r.status() == 200);
    List<Long> arrivals = requests.stream().map(LoggedRequest::nanos).sorted().toList();
    long least = SECOND - 2 * stalls.worst().toNanos();
    for (int i = PERMITS; i < arrivals.size(); i++) {
      assertThat(arrivals.get(i) - arrivals.get(i - PERMITS)).isGreaterThanOrEqualTo(least);
    }
  }

  @Test
  void two_bases_do_not_wait_for_each_other() throws Exception {
    try (World world =
        World.open(
            Map.of("RECONCILER_RATE_LIMIT_MS", "60000"),
            SandboxOptions.defaults().withPort(0),
            Map.of())) {
      String second = "appSecondBase0001";
      world.addTable(second);

      world.engine().ask(list(world.baseId()));
      world.engine().ask(list(second));

      // One that waited for the other would come a minute later.
      List<LoggedRequest> requests = world.sandbox().requests();
      assertThat(requests.get(1).nanos() - requests.get(0).nanos()).isLessThan(30 * SECOND);
    }
  }

  @Test
  void one_that_comes_too_late_takes_nobodys_turn() throws Exception {
    try (World world =
        World.open(
            Map.of("RECONCILER_RATE_LIMIT_MS", "60000"),
            SandboxOptions.defaults().withPort(0),
            Map.of())) {
      AirtableRequest request = list(world.baseId());
      long begun = System.nanoTime();

      assertThatThrownBy(() -> world.engine().ask(request.once(Instant.EPOCH)))
          .isInstanceOf(AirtableException.TooLate.class);
      world.engine().ask(request);

      // With the turn lost the next one would come a minute later.
      assertThat(world.sandbox().requests()).hasSize(1);
      assertThat(System.nanoTime() - begun).isLessThan(30 * SECOND);
    }
  }

  private static AirtableRequest list(String base) {
    return AirtableRequest.get(base, "/" + base + "/Leads", List.of());
  }
}
