package io.reconciler.engine.door;

import io.reconciler.engine.run.ProgressListener;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * Asks routes as commands and pages do: a body in, a body out; what a route throws is thrown as it
 * was, and what is checked inside a {@link CamelExecutionException}.
 */
public final class RouteCalls {

  private final ProducerTemplate template;

  public RouteCalls(ProducerTemplate template) {
    this.template = template;
  }

  /** What a route answers; its progress is told to the listener. */
  public Object call(String route, Object body, ProgressListener progress) {
    return call(route, body, progress, Object.class);
  }

  /** What a route answers, in that type. */
  public <T> T call(String route, Object body, Class<T> type) {
    return call(route, body, ProgressListener.NONE, type);
  }

  /** What a route answers that makes a list. */
  public <T> List<T> list(String route, Object body, Class<T> element) {
    return list(route, body, ProgressListener.NONE, element);
  }

  /** The same; its progress is told to the listener. */
  public <T> List<T> list(String route, Object body, ProgressListener progress, Class<T> element) {
    List<?> answer = call(route, body, progress, List.class);
    return answer.stream().map(element::cast).toList();
  }

  private <T> T call(String route, Object body, ProgressListener progress, Class<T> type) {
    Exchange done =
        template.request(
            route,
            exchange -> {
              exchange.getMessage().setBody(body);
              exchange.setProperty("progress", progress);
            });
    rethrow(done);
    return Objects.requireNonNull(done.getMessage().getBody(type), route);
  }

  private static void rethrow(Exchange done) {
    Exception failure = done.getException();
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure != null) {
      throw new CamelExecutionException("the route failed", done, failure);
    }
  }
}
