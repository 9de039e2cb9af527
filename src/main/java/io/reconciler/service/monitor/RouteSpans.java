package io.reconciler.service.monitor;

import io.reconciler.engine.run.Run;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/** Tells the traces which routes a run passes. */
final class RouteSpans implements RoutePolicyFactory {

  private final RunTraces traces;

  RouteSpans(RunTraces traces) {
    this.traces = traces;
  }

  @Override
  public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
    return new RoutePolicySupport() {
      @Override
      public void onExchangeBegin(Route entered, Exchange exchange) {
        Run run = exchange.getProperty("run", Run.class);
        if (run != null) {
          traces.entered(run, routeId);
        }
      }

      @Override
      public void onExchangeDone(Route left, Exchange exchange) {
        Run run = exchange.getProperty("run", Run.class);
        if (run != null) {
          traces.left(run, routeId, exchange.isFailed());
        }
      }
    };
  }
}
