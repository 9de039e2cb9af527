package io.reconciler.service.monitor;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/** Counts what passes the routes, as the series {@code camel_*} that dashboards know. */
final class RouteMetrics implements RoutePolicyFactory {

  private final MeterRegistry meters;
  private final AtomicBoolean first = new AtomicBoolean(true);

  RouteMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
    if (first.getAndSet(false)) {
      countRoutes("added", context, CamelContext::getRoutesSize);
      countRoutes("running", context, RouteMetrics::running);
    }
    RouteMeters own = new RouteMeters(meters, tags(context, "route").and("routeId", routeId));
    // The registry gives every route the same ones.
    RouteMeters all = new RouteMeters(meters, tags(context, "context").and("routeId", ""));
    return new Counting(own, all);
  }

  private void countRoutes(String which, CamelContext context, ToDoubleFunction<CamelContext> how) {
    Gauge.builder("camel.routes." + which, context, how)
        .baseUnit("routes")
        .tags(tags(context, "RouteEvent"))
        .register(meters);
  }

  private static double running(CamelContext context) {
    return context.getRoutes().stream()
        .filter(route -> context.getRouteController().getRouteStatus(route.getId()).isStarted())
        .count();
  }

  private static Tags tags(CamelContext context, String eventType) {
    return Tags.of("camelContext", context.getName(), "eventType", eventType, "kind", "CamelRoute");
  }

  private static final class Counting extends RoutePolicySupport {

    private final RouteMeters own;
    private final RouteMeters all;

    Counting(RouteMeters own, RouteMeters all) {
      this.own = own;
      this.all = all;
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
      own.begin(exchange);
      if (isOutermost(exchange)) {
        all.begin(exchange);
      }
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
      own.end(exchange);
      if (isOutermost(exchange)) {
        all.end(exchange);
      }
    }

    @Override
    public void onRemove(Route route) {
      own.remove();
    }

    private static boolean isOutermost(Exchange exchange) {
      return exchange.getUnitOfWork() == null || exchange.getUnitOfWork().routeStackLevel() <= 1;
    }
  }
}
