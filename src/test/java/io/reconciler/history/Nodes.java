package io.reconciler.history;

import io.reconciler.engine.run.Run;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Stands before and after every node of every route: where a run can be killed or tampered with.
 */
final class Nodes implements InterceptStrategy {

  private final AtomicInteger passed = new AtomicInteger();
  private final Set<Run> dead = Collections.newSetFromMap(new WeakHashMap<>());
  private volatile Hook hook = Hook.NONE;

  /**
   * A run passes a node.
   *
   * @param number how many nodes the run has passed before
   * @param route the route's id
   * @param node what the node calls: {@code pages.plan}, {@code sql:ref:lockLeads}, {@code
   *     direct:pull}; otherwise its kind
   */
  record Passage(int number, String route, String node, Exchange exchange) {

    boolean at(String otherRoute, String otherNode) {
      return route.equals(otherRoute) && node.equals(otherNode);
    }

    boolean isAt(String place) {
      return place.equals(route + "/" + node);
    }

    @Override
    public String toString() {
      return number + " " + route + "/" + node;
    }
  }

  /** What happens at a node besides its work. */
  interface Hook {

    /** Nothing. */
    Hook NONE = new Hook() {};

    /** Before the node; false leaves the node out. What it throws, the node throws. */
    default boolean before(Passage passage) throws Exception {
      return true;
    }

    /** After the node, whether or not it failed. */
    default void after(Passage passage) throws Exception {}
  }

  /** From now on this happens; counting starts over. */
  void set(Hook now) {
    hook = now;
    passed.set(0);
  }

  /** Nothing is done for this run any more, also where a thread of it is late. */
  void bury(Run run) {
    synchronized (dead) {
      dead.add(run);
    }
  }

  private void refuseTheDead(Exchange exchange) {
    Run run = exchange.getProperty("run", Run.class);
    synchronized (dead) {
      if (run != null && dead.contains(run)) {
        throw new Death.Killed();
      }
    }
  }

  /** How many nodes were passed. */
  int passed() {
    return passed.get();
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode definition, Processor target, Processor next) {
    String route = ProcessorDefinitionHelper.getRouteId((ProcessorDefinition<?>) definition);
    String node = name(definition);
    return new DelegateAsyncProcessor(target) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        Hook now = hook;
        Passage passage = new Passage(passed.getAndIncrement(), route, node, exchange);
        try {
          refuseTheDead(exchange);
          if (!now.before(passage)) {
            callback.done(true);
            return true;
          }
        } catch (Throwable thrown) {
          exchange.setException(thrown);
          callback.done(true);
          return true;
        }
        return super.process(exchange, done -> finished(now, passage, callback, done));
      }
    };
  }

  private static void finished(Hook hook, Passage passage, AsyncCallback callback, boolean done) {
    try {
      hook.after(passage);
    } catch (Throwable thrown) {
      passage.exchange().setException(thrown);
    }
    callback.done(done);
  }

  private static String name(NamedNode definition) {
    if (definition instanceof BeanDefinition bean) {
      return bean.getRef() + "." + String.valueOf(bean.getMethod()).replaceFirst("\\(.*", "");
    }
    if (definition instanceof ToDefinition to) {
      return to.getUri().replaceFirst("\\?.*", "");
    }
    if (definition instanceof ToDynamicDefinition to) {
      // A statement of the run's table goes by its name alone.
      return to.getUri().replaceFirst("(\\.\\$|\\?).*", "");
    }
    return definition.getShortName();
  }
}
