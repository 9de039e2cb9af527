package io.reconciler;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a route does first with the body that it is given. */
final class FlowBodies {

  private final Map<String, Flow> flows;
  private final RouteBeans beans;

  FlowBodies(Map<String, Flow> flows, RouteBeans beans) {
    this.flows = flows;
    this.beans = beans;
  }

  /**
   * Who takes a body first: the names of what it takes, of which the body must be one.
   *
   * @param takes of a bean the type of its parameter, of a route what its own line says
   */
  record Taker(String name, List<String> takes) {}

  /** Empty where the body is not taken, or nothing says as what. */
  Optional<Taker> taker(Flow flow) {
    return Optional.ofNullable(look(flow.route().path("from").path("steps")).taker());
  }

  /** What was seen up to a place; after somebody took the body, or put another one, it is over. */
  private record Seen(@Nullable Taker taker, boolean over) {

    static final Seen NOTHING = new Seen(null, false);
    static final Seen OTHER_BODY = new Seen(null, true);
  }

  private Seen look(JsonNode steps) {
    for (JsonNode step : steps) {
      String kind = step.fieldNames().next();
      Seen seen = look(kind, step.get(kind));
      if (seen.over()) {
        return seen;
      }
    }
    return Seen.NOTHING;
  }

  private Seen look(String kind, JsonNode step) {
    Seen first = kind.equals("bean") ? bean(step) : expression(step);
    if (first.over()) {
      return first;
    }
    return switch (kind) {
      case "bean" -> new Seen(null, isAnswering(step));
      case "to", "toD" -> call(step);
      case "setBody", "split", "script" -> new Seen(null, !kind.equals("script"));
      case "choice" -> choice(step);
      default -> look(step.path("steps"));
    };
  }

  private Seen choice(JsonNode step) {
    for (JsonNode when : step.path("when")) {
      Seen seen = expression(when).over() ? expression(when) : look(when.path("steps"));
      if (seen.over()) {
        return seen;
      }
    }
    return look(step.path("otherwise").path("steps"));
  }

  private Seen call(JsonNode to) {
    Flow called = flows.get(FlowNeeds.called(to));
    if (called == null) {
      JsonNode parameters = to.path("parameters");
      return parameters.has("noop") || parameters.has("outputHeader")
          ? Seen.NOTHING
          : Seen.OTHER_BODY;
    }
    if (called.in().equals(List.of("-"))) {
      return Seen.OTHER_BODY;
    }
    return called.in().equals(List.of("any")) && called.leavesBody()
        ? Seen.NOTHING
        : new Seen(new Taker(called.id(), called.in()), true);
  }

  private Seen expression(JsonNode step) {
    return step.path("method").isObject() ? bean(step.path("method")) : Seen.NOTHING;
  }

  private Seen bean(JsonNode step) {
    RouteBeans.Call call = call(step.path("ref").asText(), step.path("method").asText());
    Type type = call.body();
    return type == null
        ? Seen.NOTHING
        : new Seen(new Taker(call.name(), List.of(name(type))), true);
  }

  private boolean isAnswering(JsonNode step) {
    RouteBeans.Call call = call(step.path("ref").asText(), step.path("method").asText());
    return !call.method().getReturnType().equals(void.class) || call.takesExchange();
  }

  private RouteBeans.Call call(String ref, String method) {
    return beans.call(ref, method);
  }

  private static String name(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType().equals(List.class)) {
      return "list of " + name(list.getActualTypeArguments()[0]);
    }
    if (type instanceof Class<?> plain) {
      Class<?> outer = plain.getEnclosingClass();
      return (outer == null ? "" : outer.getSimpleName() + ".") + plain.getSimpleName();
    }
    return type.getTypeName();
  }
}
