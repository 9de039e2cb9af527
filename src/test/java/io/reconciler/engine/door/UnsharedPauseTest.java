package io.reconciler.engine.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.engine.failure.RunInterruptedException;
import io.reconciler.engine.process.Stopping;
import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.TestEngine;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.Sandbox;
import io.reconciler.sandbox.SandboxOptions;
import io.reconciler.settings.Settings;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRequest;
import io.reconciler.side.airtable.AirtableRequests;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.world.MutableClock;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A pause after a 429 where the database has no permits, through the route: its waits move a clock
 * instead.
 */
@SideBySide(SideBySide.Lane.RUNS)
class UnsharedPauseTest {

  private static final String BASE = "appAbCdEfGhIjKlMn";
  private static final Mapping MAPPING = World.defaultMapping();
  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");
  private static final AirtableRequest REQUEST = AirtableRequests.schema(BASE);

  private final MutableClock clock = new MutableClock(BEGIN);
  private final List<Instant> sent = new CopyOnWriteArrayList<>();
  private final List<Long> waits = new ArrayList<>();
  private Runnable atEachWait = () -> {};
  private Runnable beforeTheTurn = () -> {};
  private Sandbox sandbox;
  private HikariDataSource database;
  private Engine engine;

  @BeforeEach
  void open() {
    sandbox = Sandbox.start(SandboxOptions.defaults().withRequestsPerSecond(0));
    sandbox.base(BASE).addTable(MAPPING.table(), World.fields(MAPPING));
    sandbox.onRequest(
        request -> {
          sent.add(clock.instant());
          return sent.size() == 1;
        },
        Fault.rateLimited().withHeader("Retry-After", "30").always());
    database = TestDatabase.pool(TestDatabase.url());
    Map<String, String> environment =
        Map.of(
            "AIRTABLE_API_KEY",
            World.TOKEN,
            "AIRTABLE_API_URL",
            sandbox.url().toString(),
            "RECONCILER_RATE_LIMIT_MS",
            "1");
    Settings settings = Settings.read(environment::get, Set.of());
    engine = TestEngine.start(settings, MAPPING, database, clock, new Nodes());
  }

  @AfterEach
  void close() {
    engine.close();
    database.close();
    sandbox.close();
  }

  @Test
  void it_is_waited_for_wholly_and_never_long_at_a_time() {
    engine.ask(REQUEST);

    assertThat(sent).containsExactly(BEGIN, BEGIN.plusSeconds(30));
    assertThat(waits).hasSize(30).containsOnly(1000L);
  }

  @Test
  void it_is_given_up_when_the_process_is_to_end() {
    Stopping stopping = TestEngine.context(engine).getBean(Stopping.class);
    atEachWait =
        () -> {
          if (waits.size() == 3) {
            stopping.ask();
          }
        };

    assertThatThrownBy(() -> engine.ask(REQUEST)).isInstanceOf(RunInterruptedException.class);

    assertThat(waits).hasSize(3);
    assertThat(sent).containsExactly(BEGIN);
  }

  @Test
  void a_request_that_would_be_too_late_after_it_does_not_wait() {
    assertThatThrownBy(() -> engine.ask(REQUEST.once(BEGIN.plusSeconds(10))))
        .isInstanceOf(AirtableException.RateLimited.class);
    assertThatThrownBy(() -> engine.ask(REQUEST.once(BEGIN.plusSeconds(10))))
        .isInstanceOf(AirtableException.TooLate.class);

    assertThat(waits).isEmpty();
    assertThat(sent).containsExactly(BEGIN);
  }

  @Test
  void a_request_that_waits_for_its_turn_waits_for_the_pause_too() {
    beforeTheTurn =
        () -> {
          beforeTheTurn = () -> {};
          assertThatThrownBy(() -> engine.ask(REQUEST.once(BEGIN.plusSeconds(10))))
              .isInstanceOf(AirtableException.RateLimited.class);
        };

    engine.ask(REQUEST);

    assertThat(sent).containsExactly(BEGIN, BEGIN.plusSeconds(30));
  }

  /** Stands in for the wait of the route, and before its throttle. */
  private final class Nodes implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(
        CamelContext context, NamedNode definition, Processor target, Processor next) {
      return switch (definition.getShortName()) {
        case "delay" ->
            new DelegateAsyncProcessor(exchange -> passed(attempt(exchange).waitMillis()));
        case "throttle" ->
            new DelegateAsyncProcessor(
                exchange -> {
                  beforeTheTurn.run();
                  target.process(exchange);
                });
        default -> target;
      };
    }

    private static AirtableAttempt attempt(Exchange exchange) {
      return exchange.getProperty(AirtableDoor.ATTEMPT, AirtableAttempt.class);
    }

    private void passed(long millis) {
      if (millis > 0) {
        waits.add(millis);
        clock.forward(Duration.ofMillis(millis));
        atEachWait.run();
      }
    }
  }
}
