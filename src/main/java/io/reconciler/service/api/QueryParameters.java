package io.reconciler.service.api;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.model.Model;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.rest.ParamDefinition;
import org.apache.camel.model.rest.RestDefinition;
import org.apache.camel.model.rest.RestParamType;
import org.apache.camel.model.rest.VerbDefinition;
import org.apache.camel.support.ExchangeHelper;

/** The query parameters that an endpoint takes: those that its document names. */
final class QueryParameters {

  private final List<String> names;

  private QueryParameters(List<String> names) {
    this.names = names;
  }

  /** Of the endpoint whose route this exchange is in. */
  static QueryParameters of(Exchange exchange) {
    String route = "direct:" + ExchangeHelper.getAtRouteId(exchange);
    Model model = exchange.getContext().getCamelContextExtension().getContextPlugin(Model.class);
    return new QueryParameters(
        Objects.requireNonNull(model).getRestDefinitions().stream()
            .map(RestDefinition::getVerbs)
            .flatMap(Collection::stream)
            .filter(verb -> leadsTo(verb, route))
            .flatMap(verb -> verb.getParams().stream())
            .filter(parameter -> parameter.getType() == RestParamType.query)
            .map(ParamDefinition::getName)
            .toList());
  }

  /**
   * Looks at what was given.
   *
   * @throws ApiException 400 when there is no such parameter
   */
  void check(Collection<String> given) {
    for (String name : new TreeSet<>(given)) {
      if (!names.contains(name)) {
        String taken = names.isEmpty() ? "none" : String.join(", ", names);
        throw new ApiException(
            ApiError.badRequest(
                "there is no query parameter " + name + " here; taken are: " + taken));
      }
    }
  }

  private static boolean leadsTo(VerbDefinition verb, String route) {
    ToDefinition to = verb.getTo();
    return to != null && route.equals(to.getUri());
  }
}
