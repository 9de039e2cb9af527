package io.reconciler.history;

import io.reconciler.history.Nodes.Passage;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** Ways to change what a node of a route does. */
final class Tamper {

  private Tamper() {}

  /** Something done to a message. */
  @FunctionalInterface
  interface Tampering {
    void with(Exchange exchange) throws Exception;
  }

  static Nodes.Hook before(String route, String node, Tampering tampering) {
    return new Nodes.Hook() {
      @Override
      public boolean before(Passage passage) throws Exception {
        if (passage.at(route, node)) {
          tampering.with(passage.exchange());
        }
        return true;
      }
    };
  }

  static Nodes.Hook instead(String route, String node, Tampering tampering) {
    return new Nodes.Hook() {
      @Override
      public boolean before(Passage passage) throws Exception {
        boolean here = passage.at(route, node);
        if (here) {
          tampering.with(passage.exchange());
        }
        return !here;
      }
    };
  }

  /** One after the other; a node that either leaves out is left out. */
  static Nodes.Hook both(Nodes.Hook one, Nodes.Hook other) {
    return new Nodes.Hook() {
      @Override
      public boolean before(Passage passage) throws Exception {
        return one.before(passage) && other.before(passage);
      }

      @Override
      public void after(Passage passage) throws Exception {
        one.after(passage);
        other.after(passage);
      }
    };
  }

  static Nodes.Hook after(String route, String node, Tampering tampering) {
    return new Nodes.Hook() {
      @Override
      public void after(Passage passage) throws Exception {
        if (passage.at(route, node)) {
          tampering.with(passage.exchange());
        }
      }
    };
  }

  static <T> void body(Exchange exchange, Class<T> type, Function<T, T> change) {
    Object body = exchange.getMessage().getBody();
    if (type.isInstance(body)) {
      exchange.getMessage().setBody(change.apply(type.cast(body)));
    }
  }
}
