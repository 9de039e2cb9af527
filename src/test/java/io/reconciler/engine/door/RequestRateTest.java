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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Never more than five requests a second and base, over all threads and processes. */
@SideBySide(SideBySide.Lane.PLAYS)
class RequestRateTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int PERMITS = 5;

  // A permit a fifth of a second, and one a minute.
  private static World quick;
  private static World slow;

  @BeforeAll
  static void open() {
    quick = World.open(Map.of("RECONCILER_RATE_LIMIT_MS", "200"), World.unlimited(), Map.of());
    slow =
        World.open(
            Map.of("RECONCILER_RATE_LIMIT_MS", "60000"),
            SandboxOptions.defaults().withPort(0),
            Map.of());
  }

  @AfterAll
  static void close() {
    quick.close();
    slow.close();
  }

  @BeforeEach
  void fresh() {
    quick.fresh();
    slow.fresh();
  }

  @Test
  void two_processes_of_four_threads_each_never_send_more_than_five_requests_in_any_second()
      throws Exception {
    try (HikariDataSource pool = Database.open(quick.settings().database(), 4);
        Engine other = quick.anotherEngine(pool);
        Stalls stalls = new Stalls()) {
      ask(26, quick.engine(), other);
      assertLimitKept(26, stalls);
    }
  }

  // The network has most of the margin; what is done before and after it has the rest.
  @Test
  void nor_do_they_when_every_request_is_on_its_way_for_another_time() throws Exception {
    try (Jitter network = new Jitter(quick.sandbox().url(), 60);
        HikariDataSource pool = Database.open(quick.settings().database(), 4);
        Engine one = engine(network, pool);
        Engine other = engine(network, pool);
        Stalls stalls = new Stalls()) {
      ask(40, one, other);
      assertLimitKept(40, stalls);
    }
  }

  private static Engine engine(Jitter network, HikariDataSource pool) {
    Map<String, String> environment = new HashMap<>(quick.environment());
    environment.put("AIRTABLE_API_URL", network.url().toString());
    Settings settings = Settings.read(environment::get, Set.of());
    return TestEngine.start(settings, quick.mapping(), pool, Map.of());
  }

  private static void ask(int requests, Engine one, Engine other) throws Exception {
    AirtableRequest request = list(quick.baseId());
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
  private static void assertLimitKept(int sent, Stalls stalls) {
    List<LoggedRequest> requests = quick.sandbox().requests();
    assertThat(requests).hasSize(sent).allMatch(r -> r.status() == 200);
    List<Long> arrivals = requests.stream().map(LoggedRequest::nanos).sorted().toList();
    long least = SECOND - 2 * stalls.worst().toNanos();
    for (int i = PERMITS; i < arrivals.size(); i++) {
      assertThat(arrivals.get(i) - arrivals.get(i - PERMITS)).isGreaterThanOrEqualTo(least);
    }
  }

  @Test
  void two_bases_do_not_wait_for_each_other() throws Exception {
    String second = "appSecondBase0001";
    slow.addTable(second);

    slow.engine().ask(list(slow.baseId()));
    slow.engine().ask(list(second));

    // One that waited for the other would come a minute later.
    List<LoggedRequest> requests = slow.sandbox().requests();
    assertThat(requests.get(1).nanos() - requests.get(0).nanos()).isLessThan(30 * SECOND);
  }

  @Test
  void one_that_comes_too_late_takes_nobodys_turn() throws Exception {
    AirtableRequest request = list(slow.baseId());
    long begun = System.nanoTime();

    assertThatThrownBy(() -> slow.engine().ask(request.once(Instant.EPOCH)))
        .isInstanceOf(AirtableException.TooLate.class);
    slow.engine().ask(request);

    // With the turn lost the next one would come a minute later.
    assertThat(slow.sandbox().requests()).hasSize(1);
    assertThat(System.nanoTime() - begun).isLessThan(30 * SECOND);
  }

  private static AirtableRequest list(String base) {
    return AirtableRequest.get(base, "/" + base + "/Leads", List.of());
  }
}
