package io.reconciler.service.web;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * DOWN while the routes do not run: all of them, or one that others or requests call. A trigger may
 * rest, such as one that an administrator has suspended.
 */
final class RoutesHealth extends AbstractHealthIndicator {

  private static final List<String> TRIGGERS = List.of("quartz:", "timer:", "scheduler:");

  private final CamelContext camel;

  RoutesHealth(CamelContext camel) {
    this.camel = camel;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    if (!camel.isStarted()) {
      health.down().withDetail("reason", "the routes are not started");
      return;
    }
    List<String> resting =
        camel.getRoutes().stream()
            .filter(route -> !isTrigger(route) && !isStarted(route))
            .map(Route::getRouteId)
            .sorted()
            .toList();
    health.status(resting.isEmpty() ? "UP" : "DOWN").withDetail("notStarted", resting);
  }

  private boolean isStarted(Route route) {
    ServiceStatus status = camel.getRouteController().getRouteStatus(route.getRouteId());
    return status != null && status.isStarted();
  }

  private static boolean isTrigger(Route route) {
    String uri = route.getEndpoint().getEndpointUri().replace("://", ":");
    return TRIGGERS.stream().anyMatch(uri::startsWith);
  }
}
