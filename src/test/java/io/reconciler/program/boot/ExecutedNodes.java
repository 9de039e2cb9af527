package io.reconciler.program.boot;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.NamedRoute;
import org.apache.camel.Processor;
import org.apache.camel.spi.ClassResolver;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.springframework.context.annotation.Bean;

/** Which nodes of the routes the tests of this JVM have loaded, and which of them were executed. */
public final class ExecutedNodes {

  private static final Set<String> ROUTES = ConcurrentHashMap.newKeySet();
  private static final Set<String> LOADED = ConcurrentHashMap.newKeySet();
  private static final Set<String> EXECUTED = ConcurrentHashMap.newKeySet();

  private ExecutedNodes() {}

  /** The ids of the routes that were loaded. */
  public static Collection<String> routes() {
    return new TreeSet<>(ROUTES);
  }

  /** The nodes that no test has executed: file, line and what stands there. */
  public static Collection<String> missed() {
    Set<String> missed = new TreeSet<>(LOADED);
    missed.removeAll(EXECUTED);
    return missed;
  }

  private static Processor watched(NamedNode node, Processor target) {
    String name = name(node);
    LOADED.add(name);
    return new DelegateAsyncProcessor(target) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        EXECUTED.add(name);
        return super.process(exchange, callback);
      }
    };
  }

  // Generated ids differ from context to context; a place in a file does not.
  private static String name(NamedNode node) {
    String file = String.valueOf(node.getLocation());
    return "%s:%d %s"
        .formatted(
            file.substring(file.lastIndexOf('/') + 1), node.getLineNumber(), node.getLabel());
  }

  /** Has every route of a context watched. */
  static class Configuration {

    @Bean
    ClassResolver knownAbsences() {
      return new KnownAbsences();
    }

    @Bean
    InterceptStrategy executedNodes() {
      return new InterceptStrategy() {
        @Override
        public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode node, Processor target, Processor next) {
          NamedNode parent = node;
          while (parent.getParent() != null) {
            parent = parent.getParent();
          }
          if (parent instanceof NamedRoute route) {
            ROUTES.add(route.getRouteId());
          }
          return watched(node, target);
        }
      };
    }
  }
}
