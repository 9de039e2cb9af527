package io.reconciler.service.monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/** The meters of one route, or of all together. */
final class RouteMeters {

  private final MeterRegistry meters;
  private final Tags tags;
  private final Counter total;
  private final Counter succeeded;
  private final Counter failed;
  private final Counter handled;
  private final Counter redelivered;
  // A route that nothing has passed yet has no times.
  private volatile @Nullable Timer timer;

  RouteMeters(MeterRegistry meters, Tags tags) {
    this.meters = meters;
    this.tags = tags;
    this.total = counter("total", "Exchanges that left the route");
    this.succeeded = counter("succeeded", "Exchanges that left it without a failure");
    this.failed = counter("failed", "Exchanges that left it with a failure");
    this.handled = counter("failures.handled", "Exchanges whose failure was dealt with in it");
    this.redelivered =
        counter("external.redeliveries", "Exchanges that their source has given again");
  }

  private Counter counter(String name, String description) {
    return Counter.builder("camel.exchanges." + name)
        .description(description)
        .tags(tags)
        .register(meters);
  }

  void begin(Exchange exchange) {
    exchange.setProperty(key(exchange), Timer.start(meters));
  }

  void end(Exchange exchange) {
    if (exchange.removeProperty(key(exchange)) instanceof Timer.Sample began) {
      began.stop(timer());
    }
    total.increment();
    if (exchange.isFailed()) {
      failed.increment();
      return;
    }
    succeeded.increment();
    if (ExchangeHelper.isFailureHandled(exchange)) {
      handled.increment();
    }
    if (exchange.isExternalRedelivered()) {
      redelivered.increment();
    }
  }

  /** There is no such route any more. */
  void remove() {
    Stream.of(total, succeeded, failed, handled, redelivered).forEach(meters::remove);
    Timer known = timer;
    if (known != null) {
      meters.remove(known);
    }
  }

  private Timer timer() {
    Timer known = timer;
    if (known == null) {
      known =
          Timer.builder("camel.route.policy")
              .description("How long exchanges were in the route")
              .tags(tags)
              .register(meters);
      timer = known;
    }
    return known;
  }

  // The parts of an exchange that is split up have its properties.
  private String key(Exchange exchange) {
    return "began-" + System.identityHashCode(this) + "-" + exchange.getExchangeId();
  }
}
