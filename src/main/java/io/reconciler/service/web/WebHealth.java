package io.reconciler.service.web;

import java.time.Duration;
import java.util.function.Predicate;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** DOWN while the threads of API and pages are all taken; for the probes, which have their own. */
final class WebHealth extends AbstractHealthIndicator {

  /** A server from which nothing comes any more for so long has to be started anew. */
  private static final Duration STUCK = Duration.ofMinutes(1);

  private final RequestCount requests;
  private final Predicate<RequestCount> down;

  private WebHealth(RequestCount requests, Predicate<RequestCount> down) {
    this.requests = requests;
    this.down = down;
  }

  /** Whether it takes another request now. */
  static WebHealth ready(RequestCount requests) {
    return new WebHealth(requests, RequestCount::isFull);
  }

  /** Whether it ever will. */
  static WebHealth alive(RequestCount requests) {
    return new WebHealth(requests, count -> count.isStuck(STUCK));
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    health.status(down.test(requests) ? "DOWN" : "UP").withDetail("requests", requests.busy());
  }
}
