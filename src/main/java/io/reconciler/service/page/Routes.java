package io.reconciler.service.page;

import io.reconciler.engine.run.ProgressListener;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Asks the same routes that commands and REST endpoints ask. */
final class Routes {

  private final ProducerTemplate template;

  Routes(ProducerTemplate template) {
    this.template = template;
  }

  /** What a route answers; what it threw, where it failed. */
  Object call(String route, Object body, ProgressListener progress) {
    Exchange done =
        template.request(
            route,
            exchange -> {
              exchange.getMessage().setBody(body);
              exchange.setProperty("progress", progress);
            });
    rethrow(done);
    return Objects.requireNonNull(done.getMessage().getBody(), route);
  }

  <T> T call(String route, Object body, Class<T> type) {
    return type.cast(call(route, body, ProgressListener.NONE));
  }

  <T> List<T> list(String route, Object body, Class<T> element) {
    List<?> answer = call(route, body, List.class);
    return answer.stream().map(element::cast).toList();
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
