package io.reconciler.engine.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reconciler.engine.apply.NotAppliedException;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.run.Client;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.Trigger;
import io.reconciler.world.World;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.CannotAcquireLockException;

/** Pages beside a listing: which of them may be under way together, and what a failure does. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PagesBesideTest {

  private final Map<String, CountDownLatch> mayEnd = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> begun = new ConcurrentHashMap<>();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private PagesBeside pages;
  private Exchange listing;

  @BeforeEach
  void start() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:apply-pulled").process(exchange -> apply(exchange));
          }
        });
    camel.start();
    pages = new PagesBeside(camel.createProducerTemplate(), threads);
    listing = new DefaultExchange(camel);
    listing.setProperty("run", run(false));
  }

  @AfterEach
  void stop() {
    mayEnd.values().forEach(CountDownLatch::countDown);
    threads.shutdownNow();
    camel.stop();
  }

  @Test
  void two_pages_are_applied_at_a_time_and_a_third_one_waits() throws Exception {
    apply("a");
    apply("b");
    awaitBegun("a", "b");

    Future<?> third = threads.submit(() -> await("c"));

    assertThat(isStuck(third)).isTrue();
    end("a");
    third.get();
  }

  @Test
  void a_page_waits_for_the_one_that_holds_one_of_its_records() throws Exception {
    apply("a", "b");
    awaitBegun("a");

    assertThatCode(() -> await("c", "d")).doesNotThrowAnyException();
    Future<?> same = threads.submit(() -> await("b", "e"));

    assertThat(isStuck(same)).isTrue();
    end("a");
    same.get();
  }

  @Test
  void a_failure_is_thrown_where_the_listing_goes_on() throws Exception {
    apply("fails");
    apply("b");
    end("b");

    assertThatThrownBy(() -> await("c")).hasMessage("fails");
    assertThatCode(() -> pages.quiesce(listing)).doesNotThrowAnyException();
  }

  @Test
  void or_where_it_ends() throws Exception {
    apply("b");
    apply("fails");
    end("b");

    assertThatThrownBy(() -> pages.settle(listing)).hasMessage("fails");
  }

  @Test
  void nothing_is_under_way_after_the_end_whatever_became_of_it() throws Exception {
    apply("fails");
    apply("b");
    Future<?> over =
        threads.submit(
            () -> {
              pages.quiesce(listing);
              return null;
            });

    assertThat(isStuck(over)).isTrue();
    end("b");
    over.get();
  }

  @Test
  void a_page_that_goes_on_alone_waits_for_the_other_and_lets_none_begin() throws Exception {
    apply("a");
    awaitBegun("a");
    apply("alone");
    Future<?> onItsOwn =
        threads.submit(
            () -> {
              awaitBegun("on its own");
              return null;
            });
    assertThat(isStuck(onItsOwn)).isTrue();

    end("a");
    onItsOwn.get();

    Future<?> next = threads.submit(() -> await("c"));
    assertThat(isStuck(next)).isTrue();
    end("alone");
    next.get();
  }

  @Test
  void a_dry_run_tells_its_pages_in_order() {
    assertThat(pages.takes(run(false))).isTrue();
    assertThat(pages.takes(run(true))).isFalse();
  }

  @Test
  void what_changed_nothing_is_known_to_the_pages_after_it() throws Exception {
    apply("a");
    end("a");

    pages.settle(listing);

    assertThat(listing.getProperty("quiet")).isEqualTo(true);
  }

  private void apply(Exchange exchange) throws InterruptedException {
    String first = exchange.getMessage().getBody(Page.class).ids().get(0);
    latch(begun, first).countDown();
    if (first.equals("fails")) {
      throw new IllegalStateException("fails");
    }
    if (first.equals("alone")) {
      exchange.setProperty(
          Exchange.EXCEPTION_CAUGHT,
          new NotAppliedException(new CannotAcquireLockException("deadlock")));
      pages.alone(exchange);
      latch(begun, "on its own").countDown();
    }
    latch(mayEnd, first).await();
    exchange.getMessage().setBody(List.of());
  }

  private static CountDownLatch latch(Map<String, CountDownLatch> latches, String first) {
    return latches.computeIfAbsent(first, id -> new CountDownLatch(1));
  }

  private void end(String first) {
    latch(mayEnd, first).countDown();
  }

  private void apply(String... ids) throws Exception {
    await(ids);
    pages.apply(listing);
  }

  private Void await(String... ids) throws Exception {
    listing.getMessage().setBody(Page.pulled(List.of(ids).stream().map(this::record).toList()));
    pages.await(listing);
    return null;
  }

  private void awaitBegun(String... ids) throws InterruptedException {
    for (String first : ids) {
      latch(begun, first).await();
    }
  }

  // It can't be shown that it never ends: a moment has to do.
  private static boolean isStuck(Future<?> waiting) throws Exception {
    try {
      waiting.get(100, TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException stuck) {
      return true;
    }
  }

  private IncomingRecord record(String id) {
    return new IncomingRecord(id, Instant.EPOCH, Instant.EPOCH, Map.of(), Map.of());
  }

  private static Run run(boolean dry) {
    return new Run(
        new Client(UUID.randomUUID(), "Acme", "a@example.com", "appX", true, Set.of("leads")),
        new RunRequest(Trigger.CLI, "test", 20, null, false, dry, false),
        Clock.systemUTC(),
        ProgressListener.NONE,
        World.defaultMapping());
  }
}
