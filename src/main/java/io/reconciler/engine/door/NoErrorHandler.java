package io.reconciler.engine.door;

import org.apache.camel.CamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spring.boot.CamelContextConfiguration;

/**
 * The error handler of routes that leave failures to their caller, by a name to refer to. Spelled
 * out in a route it would stand before {@code from} in the route's dump, and Hawtio then draws no
 * diagram at all. No bean: Camel would take the only one of its kind for all routes.
 */
final class NoErrorHandler implements CamelContextConfiguration {

  @Override
  public void beforeApplicationStart(CamelContext camel) {
    camel.getRegistry().bind("noErrorHandler", new NoErrorHandlerDefinition());
  }

  @Override
  public void afterApplicationStart(CamelContext camel) {
    // Nothing to do.
  }
}
